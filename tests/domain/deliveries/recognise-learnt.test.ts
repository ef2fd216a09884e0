import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { type Person, recognisePages } from "#domain/deliveries/recognise-pages.ts"
import { people } from "../../layouts/layouts.ts"
import { pageOf } from "../../support/pages.ts"

const recognise = (pages: readonly string[][], known: Readonly<Record<string, string>>, who: readonly Person[] = people) =>
  recognisePages(pages.map((lines, index) => pageOf(index + 1, ...lines)), who, { employerName: "Bakkerij De Korenmaat", learnt: (told) => known[told] ?? null }).parts
const outcome = (pages: readonly string[][], known: Readonly<Record<string, string>>) => recognise(pages, known).map(({ employeeId, reason, evidence }) => [employeeId ?? reason, evidence.join(" ")])

const code = { "number K77": "kees" }
const spelling = { "name keesie vreis": "kees" }

describe("what was learnt is one clue more", () => {
  test.each<[string, string[], Record<string, string>, string, string]>([
    ["a code of the employer's own with the name", ["Loonstrook", "Personeelsnummer: K77", "Naam: K. de Vries"], code, "kees", "name learnt"],
    ["a code with the birth date", ["Loonstrook", "Personeelsnummer: K77", "Geboortedatum: 03-11-1998"], code, "kees", "birth-date learnt"],
    ["a spelling of the name with the number", ["Loonstrook", "Personeelsnummer: 1002", "Naam werknemer: Keesie Vreis"], spelling, "kees", "number learnt"],
    ["a code and a spelling", ["Loonstrook", "Personeelsnummer: K77", "Naam werknemer: Keesie Vreis"], { ...code, ...spelling }, "kees", "learnt"],
  ])("%s", (_, lines, known, owner, evidence) => {
    expect(outcome([lines], {})[0]?.[0]).not.toBe(owner)
    expect(outcome([lines], known)).toEqual([[owner, evidence]])
  })

  test.each<[string, string[], Record<string, string>, string]>([
    ["alone", ["Loonstrook", "Personeelsnummer: K77"], code, "number-only"],
    ["a spelling alone", ["Loonstrook", "Naam werknemer: Keesie Vreis"], spelling, "name-only"],
    ["against another's number", ["Loonstrook", "Personeelsnummer: 1001", "Naam werknemer: Keesie Vreis"], spelling, "name-only"],
    ["against another BSN", ["Loonstrook", "Personeelsnummer: K77", "Naam: K. de Vries", "BSN: 999967216"], code, "two-match"],
    ["against another birth date", ["Loonstrook", "Personeelsnummer: K77", "Naam: K. de Vries", "Geboortedatum: 16-04-1986"], code, "contradiction"],
    ["against another's name", ["Loonstrook", "Personeelsnummer: K77", "Naam: N. Bakker"], code, "name-only"],
    ["of two people", ["Loonstrook", "Personeelsnummer: K77", "Naam werknemer: Keesie Vreis"], { ...code, "name keesie vreis": "nora" }, "name-only"],
    ["where the name, which is half known, was learnt to be another's", ["Loonstrook", "Personeelsnummer: K77", "Naam werknemer: Keesje Vries"], { ...code, "name keesje vries": "nora" }, "contradiction"],
  ])("it is not enough %s", (_, lines, known, reason) => expect(outcome([lines], known)).toEqual([[reason, ""]]))

  test("a number that is somebody's here is never learnt, nor the employer's name", () => {
    expect(recognise([["Loonstrook", "Personeelsnummer: 1001", "Naam: Bakkerij De Korenmaat"]], {})[0]?.told).toEqual([])
    expect(recognise([["Loonstrook", "Personeelsnummer: K77", "Naam: Keesie Vreis"]], {})[0]?.told).toEqual(["number K77", "name keesie vreis"])
  })

  test("a value that stands on the page of somebody else in the same file says nothing", () => {
    const known = { "number 55": "kees" }
    const nora = ["Loonstrook", "Loonnummer: 55", "BSN: 999967216", "Naam: N. Bakker"]
    const maria = ["Loonstrook", "Loonnummer: 55", "BSN: 999961810", "Naam: M.A. van den Berg"]
    const kees = ["Loonstrook", "Loonnummer: 55", "Naam: K. de Vries"]
    expect(outcome([kees], known)).toEqual([["kees", "name learnt"]])
    expect(outcome([nora, maria, kees], known).map(([owner]) => owner)).toEqual(["nora", "maria", "name-only"])
  })

  test("a page that would be one person's, with a value that was learnt to be another's, is stopped", () => {
    const nora = ["Loonstrook", "Loonnummer: 55", "BSN: 999967216", "Naam: N. Bakker"]
    expect(outcome([nora], {})).toEqual([["nora", "bsn name"]])
    expect(outcome([nora], { "number 55": "kees" })).toEqual([["contradiction", ""]])
    expect(outcome([nora], { "number 55": "nora" })).toEqual([["nora", "bsn name"]])
  })
})

test("an earlier number finds its person, and whoever has it now keeps it", () => {
  const who = people.map((one) => (one.employeeId === "kees" ? { ...one, number: "2002", earlierNumbers: ["1001"] } : one))
  const owner = (...lines: string[]) => recognise([["Loonstrook", "Personeelsnummer: 1001", ...lines]], {}, who).map(({ employeeId }) => employeeId)
  expect([owner("Naam: K. de Vries"), owner("Naam: N. Bakker"), owner()]).toEqual([["kees"], ["nora"], [null]])
})

test("whatever was learnt, rightly or wrongly, a page that is somebody's in full never becomes another's", () => {
  const pick = fc.constantFrom(...people)
  const told = fc.constantFrom("K77", "55", "X1001")
  fc.assert(
    fc.property(pick, pick, told, pick, fc.boolean(), (owner, other, value, teacher, withName) => {
      const name = withName ? [`Naam: ${owner.initials} ${owner.prefix ?? ""} ${owner.surname}`] : ["Naam: Onbekende Spelling"]
      const pages = [
        ["Loonstrook", `Personeelsnummer: ${value}`, ...name, `Geboortedatum: ${owner.birthDate?.split("-").reverse().join("-")}`],
        ["Loonstrook", `Loonnummer: ${value}`, `BSN: ${other.bsn}`],
      ]
      const known = { [`number ${value}`]: teacher.employeeId, "name onbekende spelling": teacher.employeeId }
      const [first, second] = recognise(pages, known)
      expect([owner.employeeId, null]).toContain(first?.employeeId)
      expect([other.employeeId, null]).toContain(second?.employeeId ?? null)
    }),
    { numRuns: 1000 },
  )
})
