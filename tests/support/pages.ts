import type { PdfPage } from "#platform/pdf.ts"

/** A page as text, one piece per line; two spaces part the pieces of a line. */
export function pageOf(page: number, ...lines: string[]): PdfPage {
  const placed = lines.map((text, row) => {
    let x = 50
    const pieces = text.split("  ").map((piece) => {
      const place = { text: piece, x, right: x + piece.length * 5, y: row * 14, size: 10 }
      x += Math.max(150, piece.length * 5 + 20)
      return place
    })
    return { text, pieces }
  })
  return { page, lines: placed, text: lines.join("\n"), isBlank: lines.length === 0 }
}
