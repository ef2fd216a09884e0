import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { Hints, Person, Recognition } from "#domain/deliveries/recognise-pages.ts"
import { recognisePages } from "#domain/deliveries/recognise-pages.ts"
import { readPdf } from "#platform/pdf.ts"
import { layouts, people } from "../../layouts/layouts.ts"
import { pageOf } from "../../support/pages.ts"

const tests = join(import.meta.dirname, "../..")

const owners = ({ parts }: Recognition) => parts.flatMap((part) => part.pages.map((page) => [page, part.employeeId ?? part.reason] as const)).sort(([a], [b]) => a - b).map(([, owner]) => owner)
const ownersOf = (pages: string[][], who: readonly Person[] = people, hints: Hints = {}) => owners(recognisePages(pages.map((lines, index) => pageOf(index + 1, ...lines)), who, hints))

describe.each(["2026-02", "2026-03"])("the bakery's %s", (month) => {
  const folder = join(tests, `samples/korenmaat-${month}`)
  const expected: { year: number; period: number; employer: { lh: string }; people: { nr: number; pages: number }[] } = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8"))
  const employees = readFileSync(join(folder, "werknemers.csv"), "utf8").trim().split("\n").slice(1).map((line): Person => {
    const [number = "", initials = "", prefix = "", surname = "", born = "", bsn = ""] = line.split(";")
    return { employeeId: `employee-${number}`, number, initials, prefix: prefix || null, surname, birthDate: born.split("-").reverse().join("-"), bsn }
  })

  test("24 payslips on 29 pages go to whom they are for, two pages together", async () => {
    const name = readdirSync(folder).find((one) => one.startsWith("loonstroken")) ?? ""
    const { pages } = await readPdf(readFileSync(join(folder, name)))
    const found = recognisePages(pages, employees, { wageTaxNumber: expected.employer.lh })
    let page = 1
    const wanted = expected.people.map(({ nr, pages: count }) => ({ employeeId: `employee-${nr}`, pages: Array.from({ length: count }, () => page++) }))
    expect(found.parts.map(({ employeeId, pages: own }) => ({ employeeId, pages: own }))).toEqual(wanted)
    expect(found).toMatchObject({ kind: "payslip", year: expected.year, period: expected.period, periodKind: "month" })
  })

  test.each([["serie-overzichten", "series-overview"], ["journaalpost", "journal-entry"], ["betaallijst", "payment-list"]])("%s is the employer's and is not divided", async (start, kind) => {
    const name = readdirSync(folder).find((one) => one.startsWith(start)) ?? ""
    const { pages } = await readPdf(readFileSync(join(folder, name)))
    const found = recognisePages(pages, employees)
    expect(found).toMatchObject({ kind, year: expected.year, period: expected.period })
    expect(found.parts.map(({ employeeId, reason, pages: all }) => [employeeId, reason, all.length])).toEqual([[null, "employer-document", pages.length]])
  })
})

test.each(layouts.map((layout) => [layout.name, layout] as const))("the layout %s is recognised page by page", async (name, layout) => {
  const { pages } = await readPdf(readFileSync(join(tests, `layouts/${name}.pdf`)))
  const found = recognisePages(pages, layout.people, layout.hints)
  expect(owners(found)).toEqual(layout.pages.map(({ expected }) => expected))
  expect({ kind: found.kind, year: found.year, period: found.period, periodKind: found.periodKind }).toEqual(layout.found)
})

describe("whose page it is", () => {
  test.each([
    ["number and name", ["Loonstrook", "Personeelsnummer: 1002", "Naam: K. de Vries"], "kees"],
    ["number and birth date", ["Loonstrook", "Personeelsnummer: 1002", "Geboortedatum: 3 november 1998"], "kees"],
    ["name and birth date", ["Loonstrook", "Naam: VRIES K DE", "Geboren 03-11-1998"], "kees"],
    ["a BSN", ["Jaaropgaaf 2025", "BSN: 9999.20.960"], "kees"],
    ["a number inside a longer one", ["Loonstrook", "Personeelsnummer: 020-1002", "Naam: K. de Vries"], "kees"],
    ["a number before the name", ["Loonstrook", "Medewerker: 1002 K. de Vries"], "kees"],
    ["all on one line", ["Loonstrook mei 2026", "K. de Vries · Personeelsnr. 1002 · Geb. 03-11-1998"], "kees"],
    ["the name in a title", ["Loonstrook mei 2026 - K. de Vries", "Pers.nr. 1002"], "kees"],
    ["the manager's name and number on the same line", ["Loonstrook", "Personeelsnummer: 1002", "Naam: K. de Vries", "Leidinggevende: N. Bakker, personeelsnummer 1001"], "kees"],
    ["the director's name over the title", ["Loonstrook", "Personeelsnummer: 1002", "Naam: K. de Vries", "N. Bakker", "Directeur"], "kees"],
    ["an employer with a name like an employee's", ["N. Bakker Beheer B.V.", "Loonstrook", "Personeelsnummer: 1002", "Naam: K. de Vries"], "kees"],
    ["a number alone", ["Loonstrook", "Personeelsnummer: 1002"], "number-only"],
    ["a name alone", ["Loonstrook", "Naam: K. de Vries"], "name-only"],
    ["a number with another's name", ["Loonstrook", "Personeelsnummer: 1001", "Naam: K. de Vries"], "name-only"],
    ["a number with another's birth date", ["Loonstrook", "Personeelsnummer: 1002", "Naam: K. de Vries", "Geboortedatum: 16-04-1986"], "contradiction"],
    ["a number with the name of a stranger", ["Loonstrook", "Personeelsnummer: 1002", "Naam werknemer: P. Janssen", "Geboortedatum: 03-11-1998"], "contradiction"],
    ["the brother, with other initials", ["Loonstrook", "Naam: L. de Vries", "Geboortedatum: 03-11-1998"], "nobody-matches"],
    ["a stranger whose contact is an employee", ["Loonstrook", "Personeelsnummer: 1001", "Naam: P. Janssen", "Contactpersoon: N. Bakker"], "number-only"],
    ["a BSN with another's number", ["Loonstrook", "BSN 999920960", "Personeelsnummer 1001"], "contradiction"],
    ["two people in full", ["Loonstrook", "Naam: K. de Vries", "Geboortedatum: 03-11-1998", "Naam: N. Bakker", "Geboortedatum: 16-04-1986"], "two-match"],
  ])("%s", (_, lines, owner) => {
    expect(ownersOf([lines])).toEqual([owner])
  })

  test("Van Loon and somebody with the initials B.V. are people, not wages or companies", () => {
    const who = [["Loon", "van", "K."], ["Smit", null, "B.V."]].map(([surname, prefix, initials]): Person => ({
      employeeId: surname ?? "", number: null, initials: initials ?? null, prefix: prefix ?? null, surname: surname ?? "", birthDate: "1990-01-02", bsn: null,
    }))
    expect(ownersOf([["Loonstrook", "Naam: K. van Loon", "Geboren 02-01-1990"]], who)).toEqual(["Loon"])
    expect(ownersOf([["Loonstrook", "Naam: Smit, B.V.", "Geboren 02-01-1990"], ["Loonstrook", "B.V. Smit", "Geboren 02-01-1990"]], who)).toEqual(["Smit", "Smit"])
  })

  test("a first name that is not the initial's does not outweigh number and birth date", () => {
    expect(ownersOf([["Loonstrook", "Personeelsnummer: 1002", "Naam: Bob de Vries", "Geboortedatum: 03-11-1998"]])).toEqual(["kees"])
  })
})

describe("pages that go on", () => {
  const first = (...more: string[]) => ["Loonstrook mei 2026", "Personeelsnummer: 1002", "Naam: K. de Vries", ...more]

  test.each([
    ["a page that only continues", [first(), ["Toelichting", "Verlof 12 uur"]], ["kees", "kees"]],
    ["a page that says so", [first(), ["Loonstrook mei 2026 (vervolg)", "Verlof 12 uur"]], ["kees", "kees"]],
    ["a page that counts on", [first("Pagina 1 van 2"), ["Loonstrook mei 2026", "Pagina 2 van 2"], ["Loonstrook mei 2026", "Personeelsnummer: 1001", "Naam: N. Bakker", "Pagina 1 van 1"]], ["kees", "kees", "nora"]],
    ["one person's file, counted as a whole", [first("Pagina 1 van 2"), ["Loonstrook mei 2026", "Pagina 2 van 2"]], ["kees", "kees"]],
    ["a file counted as a whole", [first("Pagina 1 van 2"), ["Loonstrook mei 2026", "Personeelsnummer: 1001", "Naam: N. Bakker", "Pagina 2 van 2"]], ["kees", "nora"]],
    ["a blank page", [first(), []], ["kees", "kees"]],
    ["a second page that never came", [first("Pagina 1 van 2"), ["Loonstrook mei 2026", "Personeelsnummer: 1001", "Naam: N. Bakker", "Pagina 1 van 1"]], ["page-missing", "nora"]],
    ["a second page of somebody else", [first("Pagina 1 van 2"), ["Pagina 2 van 2 · Personeelsnummer 1001"], ["Jaarkalender"]], ["page-missing", "number-only", "nobody-matches"]],
    ["a page with a colleague's name", [first(), ["Toelichting voor N. Bakker"]], ["kees", "name-only"]],
    ["a title without a name", [first(), ["Loonstrook mei 2026", "Netto 2.000,00"]], ["kees", "nobody-matches"]],
    ["a page that sums up everybody", [first(), ["Totalen", "Aantal werknemers 12"]], ["kees", "nobody-matches"]],
    ["a journal at the end", [first(), ["Journaalpost mei 2026"]], ["kees", "employer-document"]],
  ])("%s", (_, pages, expected) => {
    expect(ownersOf(pages)).toEqual(expected)
  })

  test("a year of payslips of one person comes apart by month", () => {
    const found = recognisePages(["januari", "februari"].map((month, index) => pageOf(index + 1, `Loonstrook ${month} 2026`, "Personeelsnummer: 1002", "Naam: K. de Vries")), people)
    expect(found.parts.map(({ pages, period }) => [pages, period])).toEqual([[[1], 1], [[2], 2]])
    expect(found).toMatchObject({ kind: "payslip", year: 2026, period: null })
  })
})

describe("kind and period", () => {
  test.each<[string, string[], Hints, Partial<Recognition>]>([
    ["a month by name", ["Loonstrook", "Periode: maart 2026"], {}, { kind: "payslip", year: 2026, period: 3, periodKind: "month" }],
    ["a month by its days", ["Salarisspecificatie", "Tijdvak 01-02-2026 t/m 28-02-2026"], {}, { year: 2026, period: 2, periodKind: "month" }],
    ["four weeks by their days", ["Loonstrook", "Periode 3", "23-02-2026 t/m 22-03-2026"], {}, { year: 2026, period: 3, periodKind: "four-weeks" }],
    ["four weeks by their weeks", ["Loonstrook periode 13 2026 (week 49-52)"], {}, { year: 2026, period: 13, periodKind: "four-weeks" }],
    ["the employer's usual period", ["Loonstrook", "Periode 3 2026"], { periodKind: "four-weeks" }, { year: 2026, period: 3, periodKind: "four-weeks" }],
    ["year and period in one number", ["Payslip", "Period: 202603"], {}, { kind: "payslip", year: 2026, period: 3, periodKind: "month" }],
    ["English words", ["Pay slip", "Pay period 1 - 31 March 2026"], {}, { kind: "payslip", year: 2026, period: 3, periodKind: "month" }],
    ["a day of printing beside the month", ["Loonstrook april 2026", "Afdrukdatum: 29 mei 2026", "In dienst sinds maart 2020"], {}, { year: 2026, period: 4, periodKind: "month" }],
    ["only the file's name", ["Netto 1.000,00"], { fileName: "loonstroken_maart-2026.pdf" }, { kind: "payslip", year: 2026, period: 3, periodKind: "month" }],
    ["the text before the file's name", ["Loonstrook april 2026"], { fileName: "loonstroken-maart-2026.pdf" }, { year: 2026, period: 4 }],
    ["an annual statement", ["Jaaropgave 2025"], {}, { kind: "annual-statement", year: 2025, period: null }],
    ["a wage tax return", ["Aangifte loonheffingen", "Tijdvak: 01-03-2026 t/m 31-03-2026"], {}, { kind: "wage-tax-return", year: 2026, period: 3 }],
    ["nothing at all", ["Beste lezer"], {}, { kind: null, year: null, period: null, periodKind: null }],
  ])("%s", (_, lines, hints, expected) => {
    expect(recognisePages([pageOf(1, ...lines)], people, hints)).toMatchObject(expected)
  })
})

describe("whoever the people are", () => {
  const letter = fc.constantFrom(..."ABCDEFGHJKLMNPRSTVWZ")
  const somebody = fc.record({
    initials: fc.array(letter, { minLength: 1, maxLength: 3 }).map((all) => `${all.join(".")}.`),
    prefix: fc.constantFrom(null, "de", "van den", "el"),
    surname: fc.constantFrom("Bakker", "Vries", "Berg", "Öztürk", "O'Brien", "Meer-Jansen", "Smit", "Jong", "Łukasik"),
    birthDate: fc.date({ min: new Date("1955-01-01"), max: new Date("2008-01-01"), noInvalidDate: true }).map((day) => day.toISOString().slice(0, 10)),
  })
  const crowd = fc.array(somebody, { minLength: 2, maxLength: 30 }).map((all) => all.map((one, index): Person => ({ ...one, employeeId: `e${index}`, number: String(100 + index), bsn: null })))
  const named = (one: Person) => [`Naam: ${one.initials} ${one.prefix ?? ""} ${one.surname}`, `Geboortedatum: ${one.birthDate?.split("-").reverse().join("-")}`]
  const inFull = (one: Person) => [`Personeelsnummer: ${one.number}`, ...named(one)]

  test("a page about one of them is for that one", () => {
    fc.assert(fc.property(crowd, fc.nat(), (who, pick) => {
      const one = who[pick % who.length]
      if (one) expect(ownersOf([["Loonstrook", ...inFull(one)]], who)).toEqual([one.employeeId])
    }), { numRuns: 500 })
  })

  test("a page that names two of them in full is for nobody", () => {
    fc.assert(fc.property(crowd, fc.nat(), fc.nat(), fc.boolean(), (who, first, step, withNumbers) => {
      const one = who[first % who.length]
      const other = who[(first + 1 + (step % (who.length - 1))) % who.length]
      const isSame = one?.birthDate === other?.birthDate
      if (!one || !other || isSame) return
      const say = withNumbers ? inFull : named
      expect(recognisePages([pageOf(1, "Loonstrook", ...say(one), ...say(other))], who).parts.map(({ employeeId }) => employeeId)).toEqual([null])
    }), { numRuns: 1000 })
  })

  test("whatever a file holds, each page comes back once, and what is given has a reason to be", () => {
    const line = fc.oneof(fc.constantFrom("Loonstrook", "Pagina 1 van 2", "Pagina 2 van 2", "Naam", "Personeelsnummer", "Journaalpost"), fc.string(), fc.constantFrom("100", "101", "A. Bakker", "B. de Vries"))
    fc.assert(fc.property(crowd, fc.array(fc.array(line, { maxLength: 8 }), { maxLength: 6 }), (who, pages) => {
      const { parts } = recognisePages(pages.map((lines, index) => pageOf(index + 1, ...lines)), who)
      expect(parts.flatMap((part) => part.pages).sort((a, b) => a - b)).toEqual(pages.map((_, index) => index + 1))
      for (const part of parts) expect((part.employeeId === null) === (part.reason !== null)).toBe(true)
    }), { numRuns: 500 })
  })

  test("no naughty string trips it", () => {
    const naughty: string[] = JSON.parse(readFileSync(join(tests, "corpora/naughty-strings.json"), "utf8"))
    const who = naughty.map((text, index): Person => ({ employeeId: `e${index}`, number: text, initials: text, prefix: null, surname: text, birthDate: null, bsn: text }))
    const found = recognisePages(naughty.map((text, index) => pageOf(index + 1, text)), who, { fileName: naughty[7] ?? "" })
    expect(found.parts.filter(({ employeeId }) => employeeId !== null)).toEqual([])
  })
})
