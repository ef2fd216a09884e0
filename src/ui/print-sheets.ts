/** One sheet of paper: a picture by its address, and which way it lies. */
export type PrintSheet = { url: string; isLandscape: boolean }

/**
 * Prints these sheets and nothing else of the page, without opening a tab: they stand in the page, shown on paper only, until it was printed.
 * Answers when the browser's own window was closed.
 */
export async function printSheets(sheets: readonly PrintSheet[]): Promise<void> {
  document.querySelector(".print-sheets")?.remove()
  const holder = document.createElement("div")
  holder.className = "print-sheets"
  holder.setAttribute("aria-hidden", "true")
  for (const { url, isLandscape } of sheets) {
    const sheet = document.createElement("div")
    if (isLandscape) sheet.className = "landscape"
    const picture = new Image()
    picture.src = url
    sheet.append(picture)
    holder.append(sheet)
  }
  await Promise.all([...holder.querySelectorAll("img")].map((picture) => picture.decode()))
  document.body.append(holder)
  addEventListener("afterprint", () => letGo(holder), { once: true })
  print()
}

function letGo(holder: HTMLElement): void {
  for (const picture of holder.querySelectorAll("img")) if (picture.src.startsWith("blob:")) URL.revokeObjectURL(picture.src)
  holder.remove()
}
