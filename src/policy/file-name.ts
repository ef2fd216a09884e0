/**
 * A file's name as it is kept and shown: composed letters (NFC), control and bidirectional marks gone, no path, at most 255 characters.
 * Any text gives a usable name; nothing of it is ever used as a path or a storage key.
 */
export function cleanFileName(text: string): string {
  const visible = text.toWellFormed().normalize("NFC").replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u{fffd}]/gu, "")
  const last = visible.split(/[/\\]/).findLast((part) => part.trim() !== "") ?? ""
  const name = [...last.trim()].slice(0, 255).join("").trim()
  return /[^\p{Zs}.]/u.test(name) ? name : "bestand"
}

const endings: Readonly<Record<string, readonly string[]>> = {
  "application/pdf": [".pdf"],
  "application/xml": [".xml"],
  "image/jpeg": [".jpg", ".jpeg"],
  "image/png": [".png"],
}

/** A name with the ending that goes with what the file is, so that a computer opens it with the right program. */
export function withEnding(name: string, mediaType: string): string {
  const known = endings[mediaType] ?? []
  return known.some((ending) => name.toLowerCase().endsWith(ending)) ? name : `${name}${known[0] ?? ""}`
}

/**
 * The Content-Disposition of a download (RFC 6266): the name in UTF-8 percent-encoded (RFC 8187), and beside it a plain ASCII one.
 * `how` is "inline" only for what the portal shows itself.
 */
export function contentDisposition(how: "inline" | "attachment", name: string): string {
  const ascii = name.normalize("NFD").replace(/\p{M}/gu, "").replace(/[^\x20-\x7e]|["\\%;]/g, "_")
  const encoded = encodeURIComponent(name.toWellFormed()).replace(/['()*!]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${how}; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
