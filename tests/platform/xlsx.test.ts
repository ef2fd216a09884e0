import { expect, test } from "vitest"
import { openXlsx, XlsxRefused } from "#platform/xlsx.ts"
import naughtyStrings from "../corpora/naughty-strings.json" with { type: "json" }
import { workbook, type WorkbookCell, zip, type ZipPiece } from "../support/workbook.ts"

const rowsOf = (...rows: (readonly WorkbookCell[])[]) => openXlsx(workbook([{ name: "Blad1", rows }]))[0]?.read()
const main = "<workbook><sheets><sheet name=\"Blad1\" id:id=\"a\"/></sheets></workbook>"
const parts = (sheet: string | ZipPiece): ZipPiece[] => [
  { name: "xl/workbook.xml", content: main },
  { name: "xl/_rels/workbook.xml.rels", content: '<Relationships><Relationship Id="a" Target="/xl/een.xml"/></Relationships>' },
  typeof sheet === "string" ? { name: "xl/een.xml", content: sheet } : sheet,
]

function refusalOf(bytes: Uint8Array): string {
  try {
    for (const sheet of openXlsx(bytes)) sheet.read()
    return "read"
  } catch (error) {
    return error instanceof XlsxRefused ? error.code : `odd: ${String(error)}`
  }
}

test("texts, numbers, days, the outcome of formulas and empty cells come as text, with the number of their row", () => {
  expect(rowsOf(["Nr", "Naam"], [], [7, "De Vries & zn <a>", null, { day: 31_143 }, { formula: 'A1&"x"', value: "7x" }, { formula: "1+1", value: 2 }, 999_990_019, 1.5])).toEqual([
    { line: 1, fields: ["Nr", "Naam"] },
    { line: 3, fields: ["7", "De Vries & zn <a>", "", "1985-04-06", "7x", "2", "999990019", "1.5"] },
  ])
})

test.each([
  [1, "1900-01-01"], [59, "1900-02-28"], [61, "1900-03-01"], [25_569.75, "1970-01-01"], [46_106, "2026-03-25"], [-4, "-4"], [80_000, "80000"],
])("the number %s under a style of days is %s", (day, expected) => {
  expect(rowsOf([{ day }])?.[0]?.fields).toEqual([expected])
})

test("a workbook that counts its days from 1904 says the same days", () => {
  expect(openXlsx(workbook([{ name: "Blad1", rows: [[{ day: 46_106 - 1462 }]] }], { date1904: true }))[0]?.read()[0]?.fields).toEqual(["2026-03-25"])
})

test("texts within a cell, in several runs, with prefixes and single quotes, are read too", () => {
  const sheet = "<x:worksheet><!-- <row> --><x:sheetData><x:row r='4'><x:c r='B4' t='inlineStr'><x:is><x:r><x:t>De </x:t></x:r><x:r><x:t>Vries_x000D_</x:t></x:r></x:is></x:c><x:c t='b'><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"
  expect(openXlsx(zip(parts(sheet)))[0]?.read()).toEqual([{ line: 4, fields: ["", "De Vries ", "1"] }])
})

test("sheets are told with their names, and which of them are hidden", () => {
  const sheets = openXlsx(workbook([{ name: "A & B", rows: [["een"]] }, { name: "Uit", rows: [["twee"]], state: "veryHidden" }]))
  expect(sheets.map(({ name, isHidden, read }) => [name, isHidden, read()[0]?.fields])).toEqual([["A & B", false, ["een"]], ["Uit", true, ["twee"]]])
})

test("odd texts survive as they were written, a control character aside", () => {
  const texts = naughtyStrings.filter((text) => text.trim() && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\r]|&|_x/u.test(text) && text.isWellFormed())
  expect(texts.length).toBeGreaterThan(255)
  expect(rowsOf(...texts.map((text) => [text]))?.map(({ fields }) => fields[0])).toEqual(texts)
})

const bomb = new Uint8Array(60_000_000)
const entities = '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><row><c t="str"><v>&b;</v></c></row></worksheet>'
const sheet = "<worksheet><row><c><v>1</v></c></row></worksheet>"

test.each<[string, Uint8Array, string]>([
  ["a bomb that says its size", zip(parts({ name: "xl/een.xml", content: new Uint8Array(81_000_000) })), "too-large"],
  ["a bomb that says to be small", zip(parts({ name: "xl/een.xml", content: bomb, size: 100 })), "unreadable"],
  ["a part that says to be larger than it is", zip(parts({ name: "xl/een.xml", content: sheet, size: 90 })), "unreadable"],
  ["a wrong checksum", zip(parts({ name: "xl/een.xml", content: sheet, crc: 1 })), "unreadable"],
  ["a part with a password", zip(parts({ name: "xl/een.xml", content: sheet, flags: 1 })), "unreadable"],
  ["a part that comes twice", zip([...parts(sheet), { name: "xl/een.xml", content: sheet }]), "unreadable"],
  ["a billion laughs", zip(parts(entities)), "unreadable"],
  ["a billion laughs in the workbook itself", zip([{ name: "xl/workbook.xml", content: entities }]), "unreadable"],
  ["a sheet that stops half way", zip(parts("<worksheet><row><c><v>1</v></c></row><row><c><v>2")), "unreadable"],
  ["a file that is cut off", workbook([{ name: "Blad1", rows: [["een"]] }]).slice(0, 900), "unreadable"],
  ["bytes that are no UTF-8", zip(parts({ name: "xl/een.xml", content: new Uint8Array([60, 97, 62, 0xff, 60, 47, 97, 62]) })), "unreadable"],
  ["a text document", zip([{ name: "word/document.xml", content: "<w/>" }]), "not-xlsx"],
  ["an old workbook, or one with a password", new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), "old-excel"],
  ["macros", workbook([{ name: "Blad1", rows: [] }], { more: [{ name: "xl/vbaProject.bin", content: "x" }] }), "macros"],
  ["a PDF", new TextEncoder().encode("%PDF-1.7"), "not-xlsx"],
  ["nothing in it", new Uint8Array(), "not-xlsx"],
  ["more than 200 columns", workbook([{ name: "Blad1", rows: [Array.from({ length: 201 }, () => 1)] }]), "too-large"],
  ["more than 50,000 rows", workbook([{ name: "Blad1", rows: Array.from({ length: 50_001 }, () => [1]) }]), "too-large"],
  ["a sheet that is not there", zip(parts({ name: "xl/anders.xml", content: sheet })), "unreadable"],
  ["nothing wrong", zip(parts(sheet)), "read"],
])("%s", (_, bytes, expected) => expect(refusalOf(bytes)).toBe(expected))

test("cut off or changed anywhere, it is refused or read, and never anything else", () => {
  const whole = workbook([{ name: "Blad1", rows: [["nummer", "naam"], [1, "De Vries"]] }])
  for (let at = 0; at < whole.length; at += 3) {
    const changed = whole.slice()
    changed[at] = (changed[at] ?? 0) ^ 0xff
    expect(refusalOf(changed)).not.toMatch(/^odd/)
    expect(refusalOf(whole.slice(0, at))).toMatch(/^(not-xlsx|unreadable)$/)
  }
})
