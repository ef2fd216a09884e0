/** One page: a JPEG of sRGB or grey. */
export type PhotoPage = { bytes: Uint8Array; width: number; height: number; isGrey: boolean }

/** A4 in points (1/72 inch). */
const short = 595.28
const long = 841.89

/**
 * A PDF (ISO 32000-1) with one photo a page, each as large as it fits on an A4 that lies or stands as the photo does. It is written as the pages
 * come, and holds one of them at a time. `title` stands in its information.
 */
export async function* photoPdf(title: string, pages: AsyncIterable<PhotoPage>): AsyncGenerator<Uint8Array> {
  const offsets: number[] = []
  const pageIds: number[] = []
  let length = 0
  const write = (part: Uint8Array | string) => {
    const bytes = typeof part === "string" ? Buffer.from(part, "latin1") : part
    length += bytes.length
    return bytes
  }
  const begin = (id: number) => {
    offsets[id] = length
    return write(`${id} 0 obj\n`)
  }

  yield write("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
  for await (const { bytes, width, height, isGrey } of pages) {
    const [image, content, page] = [4 + pageIds.length * 3, 5 + pageIds.length * 3, 6 + pageIds.length * 3]
    const [sheetWidth, sheetHeight] = width > height ? [long, short] : [short, long]
    const scale = Math.min(sheetWidth / width, sheetHeight / height)
    const [shownWidth, shownHeight] = [width * scale, height * scale]
    const place = [shownWidth, 0, 0, shownHeight, (sheetWidth - shownWidth) / 2, (sheetHeight - shownHeight) / 2].map((one) => one.toFixed(2)).join(" ")
    const drawing = `q ${place} cm /Foto Do Q`
    yield begin(image)
    yield write(`<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /Device${isGrey ? "Gray" : "RGB"} /BitsPerComponent 8 /Filter /DCTDecode /Length ${bytes.length} >>\nstream\n`)
    yield write(bytes)
    yield write("\nendstream\nendobj\n")
    yield begin(content)
    yield write(`<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream\nendobj\n`)
    yield begin(page)
    yield write(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${sheetWidth} ${sheetHeight}] /Resources << /XObject << /Foto ${image} 0 R >> >> /Contents ${content} 0 R >>\nendobj\n`)
    pageIds.push(page)
  }
  yield begin(1)
  yield write("<< /Type /Catalog /Pages 2 0 R >>\nendobj\n")
  yield begin(2)
  yield write(`<< /Type /Pages /Count ${pageIds.length} /Kids [${pageIds.map((id) => `${id} 0 R`).join(" ")}] >>\nendobj\n`)
  yield begin(3)
  yield write(`<< /Title <${textString(title)}> >>\nendobj\n`)
  const table = length
  yield write(`xref\n0 ${offsets.length}\n0000000000 65535 f \n`)
  for (let id = 1; id < offsets.length; id += 1) yield write(`${String(offsets[id]).padStart(10, "0")} 00000 n \n`)
  yield write(`trailer\n<< /Size ${offsets.length} /Root 1 0 R /Info 3 0 R >>\nstartxref\n${table}\n%%EOF\n`)
}

/** A text string (7.9.2.2): UTF-16BE with its mark, in hexadecimal. */
function textString(text: string): string {
  return Buffer.from(`\ufeff${text.toWellFormed()}`, "utf16le").swap16().toString("hex")
}
