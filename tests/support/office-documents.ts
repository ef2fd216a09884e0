import { makeZip } from "client-zip"

/** A package of parts as office programs write it: a zip with these names in this order. */
export async function packageOf(parts: Readonly<Record<string, string>>): Promise<Uint8Array<ArrayBuffer>> {
  const files = Object.entries(parts).map(([name, input]) => ({ name, input, lastModified: new Date("2026-03-25T09:12:00Z") }))
  return new Uint8Array(await new Response(makeZip(files)).arrayBuffer())
}

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const office = "http://schemas.openxmlformats.org"

/** The parts of the smallest document that an Office program opens (ECMA-376): `main` is its part, `type` what it is called there. */
function openXml(main: string, type: string, content: string): Record<string, string> {
  return {
    "[Content_Types].xml": `${xml}<Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/${main}" ContentType="application/vnd.openxmlformats-officedocument.${type}.main+xml"/></Types>`,
    "_rels/.rels": `${xml}<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="rId1" Type="${office}/officeDocument/2006/relationships/officeDocument" Target="${main}"/></Relationships>`,
    [main]: `${xml}${content}`,
  }
}

/** The smallest OpenDocument (ISO/IEC 26300-3): its type stands first, as it is. */
function openDocument(kind: "text" | "spreadsheet" | "presentation", body: string): Record<string, string> {
  const type = `application/vnd.oasis.opendocument.${kind}`
  const names = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"'
  return {
    mimetype: type,
    "META-INF/manifest.xml": `${xml}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="${type}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`,
    "content.xml": `${xml}<office:document-content ${names}><office:body>${body}</office:body></office:document-content>`,
  }
}

export const officeParts = {
  docx: openXml("word/document.xml", "wordprocessingml.document", `<w:document xmlns:w="${office}/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Verklaring</w:t></w:r></w:p></w:body></w:document>`),
  xlsx: openXml("xl/workbook.xml", "spreadsheetml.sheet", `<workbook xmlns="${office}/spreadsheetml/2006/main"><sheets/></workbook>`),
  pptx: openXml("ppt/presentation.xml", "presentationml.presentation", `<p:presentation xmlns:p="${office}/presentationml/2006/main"/>`),
  odt: openDocument("text", "<office:text><text:p>Verklaring</text:p></office:text>"),
  ods: openDocument("spreadsheet", "<office:spreadsheet/>"),
  odp: openDocument("presentation", "<office:presentation/>"),
} as const
