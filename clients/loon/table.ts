/** Text that a terminal shows as letters and obeys in nothing: control characters and marks that turn the reading direction are gone. */
export function plain(text: string): string {
  return text.normalize("NFC").replace(/[\p{Cc}\p{Zl}\p{Zp}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}]/gu, "?")
}

/** Rows under their heads, as wide as what is in them; `empty` when there are no rows. Columns of nothing but numbers stand to the right. */
export function table(heads: readonly string[], rows: readonly (readonly (string | number | null)[])[], empty: string): string {
  if (rows.length === 0) return empty
  const cells = [heads, ...rows].map((row) => row.map((cell) => plain(cell === null ? "" : String(cell))))
  const widths = heads.map((_head, at) => Math.max(...cells.map((row) => widthOf(row[at] ?? ""))))
  const isNumber = heads.map((_head, at) => rows.every((row) => typeof row[at] === "number"))
  const lines = cells.map((row) =>
    row
      .map((cell, at) => {
        const room = " ".repeat((widths[at] ?? 0) - widthOf(cell))
        return isNumber[at] ? room + cell : cell + room
      })
      .join("  ")
      .trimEnd(),
  )
  return lines.toSpliced(1, 0, widths.map((width) => "-".repeat(width)).join("  ")).join("\n")
}

/** How many places a text takes: letters with their marks are one. */
function widthOf(text: string): number {
  return [...text.replace(/\p{M}/gu, "")].length
}
