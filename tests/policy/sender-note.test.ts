import { expect, test } from "vitest"
import { passesElevenTest } from "#policy/bsn.ts"
import { keptNote, mostNote } from "#policy/sender-note.ts"

const bsn = Array.from({ length: 11 }, (_, index) => String(999990000 + index)).find(passesElevenTest) ?? ""
const groups = `${bsn.slice(0, 3)} ${bsn.slice(3, 6)} ${bsn.slice(6)}`

test("is kept without space around it, with its lines; nothing is null", () => {
  expect(["", " \n ", "  Fout in de uren. \r\nExcuses. "].map(keptNote)).toEqual([null, null, "Fout in de uren. \nExcuses."])
})

test.each([bsn, groups, groups.replaceAll(" ", "."), groups.replaceAll(" ", "-"), `BSN${bsn}.`, `zie ${groups} 2026`, `2026 ${bsn}`, bsn.replace(/./g, (digit) => String.fromCodePoint(0xff10 + Number(digit))), groups.replaceAll(" ", "\u00a0"), groups.replaceAll(" ", "\n"), groups.replaceAll(" ", "  "), groups.replaceAll(" ", " - "), groups.replaceAll(" ", "\u2013"), groups.replaceAll(" ", "\u2011"), groups.replaceAll(" ", "_"), groups.replaceAll(" ", ". "), bsn.replace(/./g, (digit) => String.fromCodePoint(0x660 + Number(digit))), bsn.replace(/./g, (digit) => String.fromCodePoint(0x966 + Number(digit)))])(
  "a BSN is refused however it is written: %j",
  (text) => expect(() => keptNote(text)).toThrow("note-bsn"),
)

test.each(["Op 25-03-2026 en 2026-03-25 gestuurd", "€ 2.345,67 in plaats van € 2.354,67", "Bel 075 612 34 50", "Order 12345678901", "Nummer 17, periode 3", "Om 10:30 uur, bladzijde 4-5", "Van 01-03-2026 - 31-03-2026", "Van 1 maart – 31 maart 2026: € 10,50 – € 12,75"])("what is no BSN is kept: %s", (text) => {
  expect(keptNote(text)).toBe(text)
})

test("is at most so many characters, of which a picture is one, and each can be seen", () => {
  expect(keptNote("😀".repeat(mostNote))).toBe("😀".repeat(mostNote))
  expect(() => keptNote("a".repeat(mostNote + 1))).toThrow("note-too-long")
  for (const text of ["a\u0000b", "a\u202eb", "a\u200bb"]) expect(() => keptNote(text)).toThrow("note-odd")
})
