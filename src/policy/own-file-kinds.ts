/** What an own file may be, told from its bytes: photos are made anew, the rest is kept as it came. Its name ends in one of `endings`, mostly the first. */
export type OwnFileKind = { mediaType: string; endings: readonly string[]; isPhoto: boolean }

/** Why a file is not taken. */
export type OwnFileRefusal = "own-file-program" | "own-file-macros" | "own-file-locked" | "own-file-kind"

/** Bytes from the start, and from the end, that are needed to tell: a zip has its list of contents at the end. */
export const kindHeadBytes = 4096
export const kindTailBytes = 1_048_576

const photo = { isPhoto: true }
const whole = { isPhoto: false }

export const ownFileKinds = {
  jpeg: { mediaType: "image/jpeg", endings: [".jpg", ".jpeg"], ...photo },
  png: { mediaType: "image/png", endings: [".png"], ...photo },
  heic: { mediaType: "image/heic", endings: [".heic", ".heif"], ...photo },
  pdf: { mediaType: "application/pdf", endings: [".pdf"], ...whole },
  docx: { mediaType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", endings: [".docx"], ...whole },
  xlsx: { mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", endings: [".xlsx"], ...whole },
  pptx: { mediaType: "application/vnd.openxmlformats-officedocument.presentationml.presentation", endings: [".pptx"], ...whole },
  odt: { mediaType: "application/vnd.oasis.opendocument.text", endings: [".odt"], ...whole },
  ods: { mediaType: "application/vnd.oasis.opendocument.spreadsheet", endings: [".ods"], ...whole },
  odp: { mediaType: "application/vnd.oasis.opendocument.presentation", endings: [".odp"], ...whole },
  csv: { mediaType: "text/csv", endings: [".csv"], ...whole },
  txt: { mediaType: "text/plain", endings: [".txt", ".md", ".log"], ...whole },
  html: { mediaType: "text/html", endings: [".html", ".htm"], ...whole },
  svg: { mediaType: "image/svg+xml", endings: [".svg"], ...whole },
  xml: { mediaType: "application/xml", endings: [".xml"], ...whole },
} as const satisfies Record<string, OwnFileKind>

/** What a file is, or why it is not taken, from its first `kindHeadBytes` and its last `kindTailBytes` (or all of a smaller one); its name only tells a csv from other text. */
export function ownFileKindOf(head: Uint8Array, tail: Uint8Array, name: string): OwnFileKind | OwnFileRefusal {
  const start = latin1(head.subarray(0, kindHeadBytes))
  if (programs.some((mark) => start.startsWith(mark))) return "own-file-program"
  if (start.startsWith("\xff\xd8\xff")) return ownFileKinds.jpeg
  if (start.startsWith("\x89PNG\r\n\x1a\n")) return ownFileKinds.png
  if (start.slice(4, 8) === "ftyp") return heicBrands.has(start.slice(8, 12)) ? ownFileKinds.heic : "own-file-kind"
  if (start.slice(0, 1024).includes("%PDF-")) return ownFileKinds.pdf
  if (start.startsWith("PK\x03\x04")) return zipKind(start, namesInZip(tail))
  if (start.startsWith("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) return latin1(tail).includes("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e") ? "own-file-locked" : "own-file-kind"
  return textKind(head, name)
}

/** Windows, Linux, macOS (four ways and the fat one, which is Java's too), shortcuts, WebAssembly, Android, and anything that names its interpreter. */
const programs = ["MZ", "\x7fELF", "\xfe\xed\xfa\xce", "\xfe\xed\xfa\xcf", "\xce\xfa\xed\xfe", "\xcf\xfa\xed\xfe", "\xca\xfe\xba\xbe", "L\0\0\0\x01\x14\x02\0", "\0asm", "dex\n", "#!", "\xef\xbb\xbf#!"]

/** ISO/IEC 23008-12, annex B: pictures in HEVC. */
const heicBrands = new Set(["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"])

const openDocuments = { text: ownFileKinds.odt, spreadsheet: ownFileKinds.ods, presentation: ownFileKinds.odp } as const

function zipKind(start: string, names: readonly string[]): OwnFileKind | OwnFileRefusal {
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name))
  if (has(/^META-INF\/MANIFEST\.MF$/i) || has(/^(AndroidManifest\.xml|classes\.dex)$/)) return "own-file-program"
  if (has(/(^|\/)vbaProject\.bin$/i) || has(/^Basic\/.+\/.+\.xml$/)) return "own-file-macros"
  const open = /^mimetypeapplication\/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)(?![a-z-])/.exec(start.slice(30))?.[1]
  if (open === "text" || open === "spreadsheet" || open === "presentation") return openDocuments[open]
  if (!has(/^\[Content_Types\]\.xml$/)) return "own-file-kind"
  if (has(/^word\/document\d*\.xml$/)) return ownFileKinds.docx
  if (has(/^xl\/workbook\.xml$/)) return ownFileKinds.xlsx
  return has(/^ppt\/presentation\.xml$/) ? ownFileKinds.pptx : "own-file-kind"
}

/** The names in a zip's central directory (APPNOTE.TXT 4.3.12), as far as it stands in the tail; none when it does not. */
function namesInZip(tail: Uint8Array): string[] {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength)
  let end = tail.length - 22
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1
  if (end < 0) return []
  const names: string[] = []
  for (let at = end - view.getUint32(end + 12, true); at >= 0 && at + 46 <= end && view.getUint32(at, true) === 0x02014b50; ) {
    const length = view.getUint16(at + 28, true)
    names.push(latin1(tail.subarray(at + 46, at + 46 + length)))
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return names
}

function textKind(head: Uint8Array, name: string): OwnFileKind | OwnFileRefusal {
  const text = readText(head)
  if (text === null) return "own-file-kind"
  const start = text.trimStart()
  if (/^(<\?xml[^>]*\?>\s*)?(<!--[^]*?-->\s*)*(<!doctype\s+svg[^>]*>\s*)?<(\w+:)?svg[\s>/]/i.test(start)) return ownFileKinds.svg
  if (/<(!doctype\s+html|html|head|body|script|iframe|style|title|table|div|img|meta|link|object|embed|form|a|p|h[1-6]|svg)[\s>/]/i.test(start)) return ownFileKinds.html
  if (/^<\?xml\s|^<[A-Za-z_][\w.:-]*[\s>/]/.test(start)) return ownFileKinds.xml
  return /\.csv$/i.test(name.trim()) ? ownFileKinds.csv : ownFileKinds.txt
}

/** Text in UTF-8, in UTF-16 with its mark, or in Windows' own Latin; null when control signs say that it is none. */
function readText(head: Uint8Array): string | null {
  const wide = head[0] === 0xff && head[1] === 0xfe ? "utf-16le" : head[0] === 0xfe && head[1] === 0xff ? "utf-16be" : null
  const text = wide ? new TextDecoder(wide).decode(head) : latin1(head).replace(/^\xef\xbb\xbf/, "")
  return /[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? null : text
}

function latin1(bytes: Uint8Array): string {
  let text = ""
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}

/** The type with which a file leaves the portal. What a browser could run leaves as bytes of no kind, and so does what this version does not know. */
export function leavesAs(mediaType: string): string {
  return kindOf(mediaType) && !runnable.has(mediaType) ? mediaType : "application/octet-stream"
}

/** The endings that go with a type; none for one that this version does not know. */
export function endingsOf(mediaType: string): readonly string[] {
  return kindOf(mediaType)?.endings ?? []
}

const runnable: ReadonlySet<string> = new Set(["text/html", "image/svg+xml", "application/xml"])

function kindOf(mediaType: string): OwnFileKind | undefined {
  return Object.values(ownFileKinds).find((one) => one.mediaType === mediaType)
}
