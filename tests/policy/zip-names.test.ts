import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { zipNames } from "#policy/zip-names.ts"

const names = (...list: string[]) => zipNames(list.map((name) => ({ folder: null, name })))

test("names that are the same, also but for capitals, get a number before their ending", () => {
  expect(names("Loonstrook.pdf", "loonstrook.PDF", "Loonstrook.pdf", "Loonstrook (2).pdf")).toEqual(["Loonstrook.pdf", "loonstrook (2).PDF", "Loonstrook (3).pdf", "Loonstrook (2) (2).pdf"])
})

test.each([
  ["../../etc/passwd", "passwd"],
  ["C:\\Windows\\con.pdf", "_con.pdf"],
  ["a<b>c:d\"e|f?g*.pdf", "a_b_c_d_e_f_g_.pdf"],
  ["nul", "_nul"],
  ["eindigt op punt. . .", "eindigt op punt"],
  ["...", "bestand"],
  ["", "bestand"],
  ["Loonstrook - maart 2026.pdf", "Loonstrook - maart 2026.pdf"],
])("%j is called %j", (name, called) => {
  expect(names(name)).toEqual([called])
})

test("a long name keeps its ending and fits every file system", () => {
  for (const letter of ["a", "é", "€", "😀", "\u0301"]) {
    const [name = ""] = names(`${letter.repeat(255)}.pdf`)
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200)
    expect(name).toMatch(/\.pdf$/)
    expect(name.isWellFormed()).toBe(true)
  }
})

test("a folder is a safe name too, and whatever people call their files gives different names without a way out", () => {
  const naughty: string[] = JSON.parse(readFileSync(new URL("../corpora/naughty-strings.json", import.meta.url), "utf8"))
  const given = zipNames(naughty.map((name) => ({ folder: "../Overig", name })))
  expect(new Set(given.map((name) => name.toLowerCase())).size).toBe(naughty.length)
  expect(given.filter((name) => !/^Overig\/[^/\\]+$/.test(name) || /\/\.\.?$/.test(name))).toEqual([])
})
