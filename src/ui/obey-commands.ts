/** Lets buttons with command="show-modal" or "close" work in browsers that do not know them yet. Answers how to stop. */
export function obeyCommands(): () => void {
  if ("command" in HTMLButtonElement.prototype) return () => undefined
  function onClick(event: MouseEvent) {
    const button = event.target instanceof Element ? event.target.closest("button[commandfor]") : null
    const dialog = document.getElementById(button?.getAttribute("commandfor") ?? "")
    if (!button || !(dialog instanceof HTMLDialogElement)) return
    if (button.getAttribute("command") === "show-modal") dialog.showModal()
    else dialog.close()
  }
  document.addEventListener("click", onClick)
  return () => document.removeEventListener("click", onClick)
}
