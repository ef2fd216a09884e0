import { describe, expect, test } from "vitest"
import { holdsBsn, isSought, meaningOf, searchWords, withoutBsn } from "#policy/search-words.ts"

describe("the words of a search", () => {
  test.each([
    ["Loonstrook  maart", ["loonstrook", "maart"]],
    ["Zoë Łódź", ["zoe", "lodz"]],
    ["Jansen-Smit, M.A.", ["jansen", "smit", "m", "a"]],
    ["03-2026", ["03", "2026"]],
    ["maart maart", ["maart"]],
    [" -- ", []],
  ])("%j", (text, expected) => expect(searchWords(text)).toEqual(expected))

  test("are eight at most", () => expect(searchWords("a b c d e f g h i j")).toHaveLength(8))
})

describe("what a word means", () => {
  test.each(["maart", "mrt", "maa", "march", "03", "3", "p3", "p03"])("%j is the third period", (word) => expect(meaningOf(word).periods).toEqual([3]))
  test.each(["14", "p0", "ma", "m", "99"])("%j is no period", (word) => expect(meaningOf(word).periods).toEqual([]))
  test.each([
    ["loonstrook", ["payslip"]],
    ["loonstr", ["payslip"]],
    ["salarisstrook", ["payslip"]],
    ["jaaropgaaf", ["annual-statement"]],
    ["serie", ["series-overview"]],
    ["loon", ["payslip", "wage-tax-return"]],
    ["fiets", []],
  ])("%j is %j", (word, kinds) => expect(meaningOf(word).kinds).toEqual(kinds))
  test("2026 is a year, 3026 is not", () => expect([meaningOf("2026").years, meaningOf("3026").years]).toEqual([[2026], []]))
})

describe("a row of a list", () => {
  const march = "Loonstrook - maart 2026 3"
  const thirteenth = "Loonstrook - periode 13 2026 13"
  test.each([
    [march, "mrt", true],
    [march, "03", true],
    [march, "P3", true],
    [march, "3", true],
    [march, "loonstrook 2026 maart", true],
    [march, "LOONSTRÓÓK", true],
    [march, "04", false],
    [march, "26", false],
    [march, "april", false],
    [thirteenth, "p13", true],
    [thirteenth, "3", false],
    ["Loonstrook - december 2026 12", "dec", true],
    ["Brief van Zoë.pdf Ik", "zoe brief", true],
    ["Vries, K de 3 k.devries@voorbeeld.test", "de vries", true],
  ])("%j is sought by %j: %s", (text, sought, expected) => expect(isSought(text, searchWords(sought))).toBe(expected))
})

test.each([
  ["999990019", true],
  ["9999 90 019", true],
  ["9999.90.019", true],
  ["bakker 99999001", true],
  ["９９９９９００１９", true],
  ["9999\u00a090\u00a0019", true],
  ["factuur 2026-03-12", false],
  ["2026 maart", false],
  ["1234567890", false],
])("%j holds a BSN: %s; a search box takes the others", (text, expected) => {
  expect(holdsBsn(text)).toBe(expected)
  expect(new RegExp(`^(?:${withoutBsn})$`, "v").test(text.normalize("NFKC"))).toBe(!expected)
})
