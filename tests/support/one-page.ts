import { PDFDocument } from "pdf-lib"

/** A PDF of one small page with this title. */
export async function onePage(title: string): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  pdf.setTitle(title)
  pdf.addPage([200, 200])
  return pdf.save()
}
