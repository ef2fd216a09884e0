import type { PdfPage } from "#platform/pdf.ts"

const spaced = /(?<![\p{L}\p{N}])(?:(?:\p{L} ){3,}\p{L}|(?:\d ){3,}\d)(?![\p{L}\p{N}])/gu

/** The page with what is widely spaced closed up: "L O O N S T R O O K  2 0 2 6" is "LOONSTROOK  2026". */
export function closeUp(page: PdfPage): PdfPage {
  if (page.text.search(spaced) < 0) return page
  const close = (text: string) => text.replace(spaced, (letters) => letters.replaceAll(" ", ""))
  const lines = page.lines.map((line) => ({ text: close(line.text), pieces: line.pieces.map((piece) => ({ ...piece, text: close(piece.text) })) }))
  return { ...page, lines, text: close(page.text) }
}
