import { cleanFileName } from "./file-name.ts"

/** Names that Windows keeps for its devices, whatever ending they have. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i
/** Most file systems take 255 bytes; " (1000)" must still fit. */
const mostBytes = 200

/**
 * Names for the files of one zip, in the same order, each unique also where capitals do not count: safe to unpack on Windows, macOS and Linux,
 * never a path that climbs. `folder` null puts a file at the top.
 */
export function zipNames(files: readonly { folder: string | null; name: string }[]): string[] {
  const taken = new Set<string>()
  return files.map(({ folder, name }) => {
    const place = folder === null ? "" : `${safePart(folder)}/`
    const [stem, ending] = inTwo(safePart(name))
    for (let nr = 1; ; nr++) {
      const path = `${place}${stem}${nr === 1 ? "" : ` (${nr})`}${ending}`
      const key = path.toLowerCase()
      if (taken.has(key)) continue
      taken.add(key)
      return path
    }
  })
}

function safePart(text: string): string {
  const [before, ending] = inTwo(text)
  const stem = cleanFileName(before).replace(/[<>:"|?*]/g, "_").replace(/[. ]+$/, "").replace(reserved, "_$1")
  return `${cutTo(stem === "" ? "bestand" : stem, mostBytes - sizeOf(ending))}${ending}`
}

/** What stands before the ending, and the ending with its dot; a short one, else it is part of the name. */
function inTwo(name: string): [stem: string, ending: string] {
  const [, stem = name, ending = ""] = /^(.+?)(\.[A-Za-z0-9]{1,8})?$/s.exec(name) ?? []
  return [stem, ending]
}

function cutTo(text: string, bytes: number): string {
  const letters = [...text]
  while (sizeOf(letters.join("")) > bytes) letters.length = Math.min(letters.length - 1, Math.max(Math.floor((letters.length * bytes) / sizeOf(letters.join(""))), 1))
  return letters.join("").trimEnd()
}

function sizeOf(text: string): number {
  return new TextEncoder().encode(text).length
}
