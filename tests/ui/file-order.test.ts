import { describe, expect, test } from "vitest"
import { dossierQuery } from "#ui/dossier-query.ts"
import { nextOrder, readFileOrder, sortFiles, sought } from "#ui/file-order.ts"

const day = (number: number) => new Date(Date.UTC(2026, 0, number))
const files = [
  { title: "Loonstrook - maart 2026", at: day(3), period: "3" },
  { title: "Jaaropgave 2026", at: day(9) },
  { title: "Loonstrook - oktober 2026", at: day(10), period: "10" },
  { title: "Brief van Zoë.pdf", at: day(1) },
]
const sorted = (order: string) => sortFiles(files, readFileOrder(order)).map((file) => files.indexOf(file))

describe("sorting a section of a dossier", () => {
  test.each([
    ["naam", [3, 1, 0, 2]],
    ["-naam", [2, 0, 1, 3]],
    ["datum", [3, 0, 1, 2]],
    ["periode", [1, 3, 0, 2]],
    ["-periode", [2, 0, 1, 3]],
    ["", [0, 1, 2, 3]],
    ["onzin; drop", [0, 1, 2, 3]],
  ])("?op=%s", (order, expected) => expect(sorted(order)).toEqual(expected))

  test("a head sorts rising first, and the other way round the second time", () => {
    expect(nextOrder(null, "naam")).toBe("naam")
    expect(nextOrder(readFileOrder("naam"), "naam")).toBe("-naam")
    expect(nextOrder(readFileOrder("-naam"), "naam")).toBe("naam")
    expect(nextOrder(readFileOrder("naam"), "datum")).toBe("datum")
  })
})

describe("seeking without JavaScript", () => {
  test.each([
    ["loonstrook", [0, 2]],
    ["2026 maart", [0]],
    ["zoe", [3]],
    ["ZOË", [3]],
    ["niets", []],
    ["  ", [0, 1, 2, 3]],
  ])("%j", (text, expected) => expect(sought(files, text).map((file) => files.indexOf(file))).toEqual(expected))
})

describe("the address of a dossier", () => {
  test("it may ask a year, and what is sought", () => {
    expect(dossierQuery({ jaar: "2025", q: "maart", eigen: "brief", op: "-naam" })).toEqual({ year: 2025, q: "maart", own: "brief", op: "-naam" })
  })

  test("a BSN is not sought, and so goes along in no link", () => expect(dossierQuery({ q: "9999 90.019", eigen: "brief" })).toMatchObject({ q: "", own: "brief" }))

  test.each(["", "20x5", "-1", "99999", "12", "2025.5"])("%j is no year", (jaar) => expect(dossierQuery({ jaar }).year).toBeNull())

  test("what stands there twice counts once, and nothing is longer than it needs to be", () => {
    expect(dossierQuery({ q: ["een", "twee"] }).q).toBe("een")
    expect(dossierQuery({ q: "x".repeat(5000) }).q).toHaveLength(200)
  })
})
