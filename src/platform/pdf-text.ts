import type { Pdfium } from "./pdf-engine.ts"

/** A stretch of text without wide gaps: points (1/72 inch), x and right from the left, y of the baseline counted downwards. */
export type PdfPiece = { text: string; x: number; right: number; y: number; size: number }
/** One line across the page, its pieces from left to right; `text` joins them with two spaces. */
export type PdfLine = { text: string; pieces: PdfPiece[] }
/**
 * `page` counts from 1; `text` is all lines joined by line ends. Text is in NFC, without soft hyphens or odd spaces. On a blank page
 * nothing is drawn.
 */
export type PdfPage = { page: number; lines: PdfLine[]; text: string; isBlank: boolean }

type Run = PdfPiece & { direction: number }
type Glyph = Omit<Run, "text"> & { character: string }

/** Reads one page (index from 0) of an open document. Text that stands on its side comes after the upright text. */
export function readPage(pdfium: Pdfium, document: number, index: number): PdfPage {
  const page = pdfium._FPDF_LoadPage(document, index)
  if (page === 0) return { page: index + 1, lines: [], text: "", isBlank: false }
  const text = pdfium._FPDFText_LoadPage(page)
  try {
    const lines = text === 0 ? [] : toLines(readRuns(pdfium, text))
    const isBlank = pdfium._FPDFPage_CountObjects(page) === 0 && pdfium._FPDFPage_GetAnnotCount(page) === 0
    return { page: index + 1, lines, text: lines.map((line) => line.text).join("\n"), isBlank }
  } finally {
    if (text !== 0) pdfium._FPDFText_ClosePage(text)
    pdfium._FPDF_ClosePage(page)
  }
}

const wideGap = 0.9
const wordGap = 0.2
/** Inside a run PDFium itself tells where words end; only a gap that no letter leaves overrules it. */
const clearGap = 0.5

/** Letters of one ligature come with one place: the second stands where the first ends. */
function readRuns(pdfium: Pdfium, text: number): Run[] {
  const runs: Run[] = []
  let run: Run | undefined
  let space = false
  let lastX = NaN
  const count = pdfium._FPDFText_CountChars(text)
  const scratch = pdfium.wasmExports.malloc(56)
  for (let index = 0; index < count; index++) {
    const code = pdfium._FPDFText_GetUnicode(text, index)
    if (code === 10 || code === 13) run = undefined
    if (isSpace(code)) space = true
    if (isSpace(code) || isInvisible(code)) continue
    const glyph = readGlyph(pdfium, text, index, code, scratch)
    const isLigature = run !== undefined && glyph.x === lastX && glyph.y === run.y
    if (run && (isLigature || continues(run, glyph))) {
      run.text += (space || glyph.x - run.right > clearGap * run.size ? " " : "") + glyph.character
      run.right = isLigature ? run.right + glyph.right - glyph.x : Math.max(run.right, glyph.right)
      run.size = Math.max(run.size, glyph.size)
    } else {
      const { character, ...place } = glyph
      run = { text: character, ...place }
      runs.push(run)
    }
    space = false
    lastX = glyph.x
  }
  pdfium.wasmExports.free(scratch)
  return runs
}

function continues(run: Run, next: Glyph): boolean {
  const gap = next.x - run.right
  const sameLine = Math.abs(next.y - run.y) < 0.3 * run.size && next.direction === run.direction
  return sameLine && gap > -0.6 * run.size && gap < wideGap * Math.max(run.size, next.size)
}

/** Places a glyph in a frame in which its own text runs from left to right, whichever way it or the page is turned; PDFium tells its angle clockwise. */
function readGlyph(pdfium: Pdfium, text: number, index: number, code: number, scratch: number): Glyph {
  const angle = Math.max(0, pdfium._FPDFText_GetCharAngle(text, index))
  pdfium._FPDFText_GetCharOrigin(text, index, scratch, scratch + 8)
  pdfium._FPDFText_GetLooseCharBox(text, index, scratch + 16)
  pdfium._FPDFText_GetMatrix(text, index, scratch + 32)
  const doubles = pdfium.HEAPF64
  const floats = pdfium.HEAPF32
  const originX = doubles[scratch / 8] ?? 0
  const originY = doubles[scratch / 8 + 1] ?? 0
  const box = scratch / 4 + 4
  const left = floats[box] ?? 0
  const top = floats[box + 1] ?? 0
  const right = floats[box + 2] ?? 0
  const bottom = floats[box + 3] ?? 0
  const cos = angle === 0 ? 1 : Math.cos(angle)
  const sin = angle === 0 ? 0 : -Math.sin(angle)
  const scale = Math.hypot(floats[box + 6] ?? 0, floats[box + 7] ?? 1)
  return {
    character: toCharacter(code),
    x: Math.min(left * cos, right * cos) + Math.min(top * sin, bottom * sin),
    right: Math.max(left * cos, right * cos) + Math.max(top * sin, bottom * sin),
    y: originX * sin - originY * cos,
    size: Math.min(72, Math.max(1, pdfium._FPDFText_GetFontSize(text, index) * scale)),
    direction: (Math.round((angle * 180) / Math.PI / 5) * 5) % 360,
  }
}

function toLines(runs: Run[]): PdfLine[] {
  const lengths = new Map<number, number>()
  for (const run of runs) lengths.set(run.direction, (lengths.get(run.direction) ?? 0) + run.text.length)
  const directions = [...lengths].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([direction]) => direction)
  return directions.flatMap((direction) => linesOneWay(runs.filter((run) => run.direction === direction)))
}

function linesOneWay(runs: Run[]): PdfLine[] {
  const rows: Run[][] = []
  for (const run of runs.toSorted((a, b) => a.y - b.y || a.x - b.x)) {
    const row = rows.at(-1)
    const first = row?.[0]
    if (row && first && run.y - first.y < 0.35 * Math.min(first.size, run.size)) row.push(run)
    else rows.push([run])
  }
  return rows.map((row) => {
    const pieces = joinNeighbours(row.toSorted((a, b) => a.x - b.x))
    return { text: pieces.map((piece) => piece.text).join("  "), pieces }
  })
}

function joinNeighbours(row: Run[]): PdfPiece[] {
  const pieces: PdfPiece[] = []
  for (const { text, x, right, y, size } of row) {
    const last = pieces.at(-1)
    const gap = last ? x - last.right : Infinity
    if (last && gap > -0.6 * size && gap < wideGap * Math.max(size, last.size)) {
      last.text += (gap > wordGap * size ? " " : "") + text
      last.right = right
    } else pieces.push({ text, x, right, y, size })
  }
  return pieces.map((piece) => ({
    text: piece.text.normalize("NFC"),
    x: round(piece.x), right: round(piece.right), y: round(piece.y), size: round(piece.size),
  }))
}

const round = (points: number) => Math.round(points * 10) / 10

const isSpace = (code: number) => (code <= 32 && code !== 2) || (code >= 0x2000 && code <= 0x200a) || [0xa0, 0x202f, 0x205f, 0x3000].includes(code)

const isInvisible = (code: number) =>
  code === 0xad || (code >= 0x200b && code <= 0x200f) || code === 0x2060 || code === 0xfeff || code >= 0xfffe || (code >= 0x7f && code < 0xa0)

/**
 * Ligatures become their letters and look-alike dashes a hyphen (PDFium's 2 is one that ends a line), so that a name reads as it is
 * typed.
 */
function toCharacter(code: number): string {
  if (code >= 0xfb00 && code <= 0xfb06) return String.fromCodePoint(code).normalize("NFKC")
  if (code === 2 || code === 0x2010 || code === 0x2011) return "-"
  return String.fromCodePoint(code)
}
