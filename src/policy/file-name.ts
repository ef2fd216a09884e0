import { endingsOf } from "./own-file-kinds.ts"

const mostCharacters = 255
const noName = "bestand"

/**
 * A file's name as it is kept and shown: composed letters (NFC), control and bidirectional marks gone, no path, at most 255 characters.
 * Any text gives a usable name; nothing of it is ever used as a path or a storage key.
 */
export function cleanFileName(text: string): string {
  const visible = text.toWellFormed().normalize("NFC").replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u{fffd}]/gu, "")
  const last = visible.split(/[/\\]/).findLast((part) => part.trim() !== "") ?? ""
  const name = [...last.trim()].slice(0, mostCharacters).join("").trim()
  return /[^\p{Zs}.]/u.test(name) ? name : noName
}

/**
 * A name with the ending that goes with what the file is, so that a computer opens it with the right program: "x.bat" of a text becomes
 * "x.bat.txt". A name that grows past 255 characters is cut before its ending.
 */
export function withEnding(name: string, mediaType: string): string {
  const [first = "", ...others] = endingsOf(mediaType)
  if (first !== "" && [first, ...others].includes(name.toLowerCase())) return `${noName}${name}`
  if ([first, ...others].some((ending) => name.toLowerCase().endsWith(ending))) return name
  return `${[...name].slice(0, mostCharacters - first.length).join("").trimEnd()}${first}`
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
