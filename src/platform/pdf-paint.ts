import { crc32, deflateSync } from "node:zlib"
import type { Pdfium } from "./pdf-engine.ts"
import { withDocument } from "./pdf-engine.ts"
import { PdfRefused } from "./pdf-refused.ts"

const maxWidth = 2000
const maxPixels = 8_000_000
const drawAnnotations = 0x01
const redFirst = 0x10
const pixelsWithoutAlpha = 3

/** Paints one page (from 1) as a PNG on white, `width` pixels wide but never above 2,000, nor above 8 million pixels in all. */
export function paintPage(pdfium: Pdfium, bytes: Uint8Array, page: number, width: number): Uint8Array {
  return withDocument(pdfium, bytes, (document, pageCount) => {
    if (page < 1 || page > pageCount) throw new PdfRefused("no-such-page")
    const handle = pdfium._FPDF_LoadPage(document, page - 1)
    if (handle === 0) throw new PdfRefused("broken")
    try {
      const size = fit(pdfium._FPDF_GetPageWidth(handle), pdfium._FPDF_GetPageHeight(handle), width)
      return encodePng(withForm(pdfium, document, handle, (form) => paint(pdfium, handle, form, size)), size)
    } finally {
      pdfium._FPDF_ClosePage(handle)
    }
  })
}

type Size = { width: number; height: number }

function fit(pageWidth: number, pageHeight: number, wanted: number): Size {
  const ratio = pageWidth > 0 && pageHeight > 0 ? pageHeight / pageWidth : 1
  const width = Math.max(1, Math.floor(Math.min(wanted, maxWidth, Math.sqrt(maxPixels / ratio))))
  return { width, height: Math.max(1, Math.min(Math.floor(maxPixels / width), Math.round(width * ratio))) }
}

/** Opens the form of the document, if it has one, so that what was filled in is painted too. Gives 0 for none. */
function withForm<T>(pdfium: Pdfium, document: number, page: number, work: (form: number) => T): T {
  if (pdfium._FPDF_GetFormType(document) === 0) return work(0)
  const callbacks = pdfium.wasmExports.malloc(256)
  pdfium.HEAPU8.fill(0, callbacks, callbacks + 256)
  pdfium.HEAP32.set([2], callbacks / 4)
  const form = pdfium._FPDFDOC_InitFormFillEnvironment(document, callbacks)
  try {
    if (form === 0) return work(0)
    pdfium._FORM_OnAfterLoadPage(page, form)
    pdfium._FPDF_SetFormFieldHighlightAlpha(form, 0)
    return work(form)
  } finally {
    if (form !== 0) pdfium._FORM_OnBeforeClosePage(page, form)
    if (form !== 0) pdfium._FPDFDOC_ExitFormFillEnvironment(form)
    pdfium.wasmExports.free(callbacks)
  }
}

function paint(pdfium: Pdfium, page: number, form: number, { width, height }: Size): Uint8Array {
  const bitmap = pdfium._FPDFBitmap_CreateEx(width, height, pixelsWithoutAlpha, 0, 0)
  if (bitmap === 0) throw new PdfRefused("too-large")
  try {
    pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff)
    pdfium._FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, drawAnnotations | redFirst)
    if (form !== 0) pdfium._FPDF_FFLDraw(form, bitmap, page, 0, 0, width, height, 0, drawAnnotations | redFirst)
    const from = pdfium._FPDFBitmap_GetBuffer(bitmap)
    return pdfium.HEAPU8.slice(from, from + width * height * 4)
  } finally {
    pdfium._FPDFBitmap_Destroy(bitmap)
  }
}

/** PNG (RFC 2083) of 8-bit RGB without filters: text on white packs well enough, and no image library runs in the thread. */
function encodePng(pixels: Uint8Array, { width, height }: Size): Uint8Array {
  const rows = Buffer.alloc((width * 3 + 1) * height)
  for (let y = 0, to = 0, from = 0; y < height; y++) {
    to++
    for (let x = 0; x < width; x++, from += 4) {
      rows[to++] = pixels[from] ?? 0
      rows[to++] = pixels[from + 1] ?? 0
      rows[to++] = pixels[from + 2] ?? 0
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", deflateSync(rows, { level: 6 })), chunk("IEND", Buffer.alloc(0))])
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
