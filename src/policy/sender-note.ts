import { passesElevenTest } from "./bsn.ts"
import { Invalid } from "./errors.ts"

/** How long what a sender says of a withdrawn or replaced file may be, in characters. */
export const mostNote = 500

/** Control characters, and those that nobody sees or that turn the direction of what follows. */
const odd = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u
const date = /(?<!\d)(?:\d{1,2}([-/. ])\d{1,2}\1\d{4}|\d{4}([-/. ])\d{1,2}\2\d{1,2})(?!\d)/g
/** Groups of digits with a dash, a dot or space between them, or some of these together, as numbers are written. */
const digits = /\d+(?:[ ./_·•:−\p{Pd}]{1,3}\d+)*/gu
/** Digits of another script: nobody writes a sum in them here, and a number in them is a number. */
const otherDigits = /(?!\d)\p{Nd}/u

/**
 * What a sender says beside the reason of the list, as it is kept: without space around it; null for nothing. Whoever could see the file reads it, so Invalid
 * "note-bsn" for what holds a number that is a BSN by the eleven test, however it is written; "note-too-long" and "note-odd" for the rest.
 */
export function keptNote(given: string): string | null {
  const text = given.normalize("NFC").replace(/\r\n?/g, "\n").trim()
  if (text === "") return null
  if ([...text].length > mostNote) throw new Invalid("note-too-long", { field: "note", most: mostNote })
  if (odd.test(text.replaceAll("\n", ""))) throw new Invalid("note-odd", { field: "note" })
  if (holdsBsn(text)) throw new Invalid("note-bsn", { field: "note" })
  return text
}

/** Nine digits that stand together or in groups, or eight of which a zero was lost. A date is none. */
function holdsBsn(text: string): boolean {
  const plain = text.normalize("NFKC").replaceAll(/\s/g, " ").replace(date, "x")
  if (otherDigits.test(plain)) return true
  return [...plain.matchAll(digits)].some(([run]) => {
    const groups = run.split(/\D/)
    const windows = groups.flatMap((_group, from) => groups.slice(from).map((_to, length) => groups.slice(from, from + length + 1).join("")))
    return windows.some(passesElevenTest) || passesElevenTest(`0${groups.join("")}`)
  })
}
