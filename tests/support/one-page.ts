import { PDFDocument } from "pdf-lib"

/** A PDF of one small page with this title, of the same bytes each time. */
export async function onePage(title: string): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  pdf.setTitle(title)
  pdf.setCreationDate(new Date(0))
  pdf.setModificationDate(new Date(0))
  pdf.addPage([200, 200])
  return pdf.save()
}
