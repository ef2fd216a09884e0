/** Closes an open menu of the bar on a click beside it, on a choice in it, and on Escape, which gives the focus back. Answers how to stop. */
export function closeMenus(): () => void {
  const openMenus = () => document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")
  function onClick(event: MouseEvent) {
    for (const menu of openMenus()) if (!(event.target instanceof Node && menu.querySelector("summary")?.contains(event.target))) menu.open = false
  }
  function onKey(event: KeyboardEvent) {
    if (event.key !== "Escape") return
    for (const menu of openMenus()) {
      menu.open = false
      menu.querySelector("summary")?.focus()
    }
  }
  document.addEventListener("click", onClick)
  document.addEventListener("keydown", onKey)
  return () => {
    document.removeEventListener("click", onClick)
    document.removeEventListener("keydown", onKey)
  }
}
