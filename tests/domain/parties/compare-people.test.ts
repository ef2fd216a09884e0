import { readFileSync } from "node:fs"
import fc from "fast-check"
import { expect, test } from "vitest"
import { comparePeople, type ExistingPerson } from "#domain/parties/compare-people.ts"
import type { ImportedPerson } from "#domain/parties/read-people.ts"
import { readPeopleCsv } from "#domain/parties/read-people-list.ts"
import { readWageTaxReturn } from "#domain/parties/read-wage-tax-return.ts"

const sample = (path: string) => readFileSync(new URL(`../../samples/${path}`, import.meta.url))
const vries: ExistingPerson = {
  number: "2",
  initials: "K",
  prefix: "de",
  surname: "Vries",
  birthDate: "1998-11-03",
  bsn: "999920960",
  email: "k@voorbeeld.test",
  address: { street: "Kerkweg", houseNumber: "4", postcode: "1511BH", city: "Utrecht", country: "NL" },
  employmentFrom: "2024-02-01",
  employmentTo: null,
}
const bakker: ExistingPerson = { ...vries, number: "1", initials: "N", prefix: null, surname: "Bakker", bsn: "999967216" }

/** What the portal has after an import was confirmed. */
function stored(person: ImportedPerson, before?: ExistingPerson): ExistingPerson {
  return {
    number: before?.number ?? person.number,
    initials: person.initials ?? before?.initials ?? null,
    prefix: person.prefix === undefined ? (before?.prefix ?? null) : person.prefix,
    surname: person.surname ?? before?.surname ?? "",
    birthDate: person.birthDate ?? before?.birthDate ?? null,
    bsn: person.bsn ?? before?.bsn ?? null,
    email: person.email ?? before?.email ?? null,
    address: person.address ?? before?.address ?? null,
    employmentFrom: person.employmentFrom ?? before?.employmentFrom ?? null,
    employmentTo: person.employmentTo === undefined ? (before?.employmentTo ?? null) : person.employmentTo,
  }
}

test("the month of De Korenmaat: the return adds 24, the CSV brings their addresses, and the next return changes nothing", () => {
  const { people } = readWageTaxReturn(sample("korenmaat-2026-02/loonaangifte-2026-02.xml"))
  expect(comparePeople([], people)).toMatchObject({ added: people, changed: [], same: [], gone: [], conflicts: [] })

  const afterReturn = people.map((person) => stored(person))
  const csv = comparePeople(afterReturn, readPeopleCsv(sample("korenmaat-2026-02/werknemers.csv")).people)
  expect(csv.changed).toHaveLength(24)
  const more = csv.changed.filter(({ fields }) => fields.join() !== "email")
  expect(more.map(({ person, fields }) => [person.number, fields])).toEqual([["12", ["initials", "email"]]])
  expect([csv.added, csv.gone, csv.conflicts]).toEqual([[], [], []])

  const afterCsv = csv.changed.map(({ person, existing }) => stored(person, existing))
  const march = comparePeople(afterCsv, readWageTaxReturn(sample("korenmaat-2026-03/loonaangifte-2026-03.xml")).people)
  expect([march.same.length, march.changed, march.added]).toEqual([24, [], []])
})

test.each<[string, Partial<ImportedPerson>, string[]]>([
  ["nothing told", {}, []],
  ["only another e-mail address", { email: "nieuw@voorbeeld.test" }, ["email"]],
  ["the same address in capitals", { email: "K@voorbeeld.test" }, []],
  ["another surname and no prefix", { surname: "Smit", prefix: null }, ["prefix", "surname"]],
  ["another house", { address: { street: "Kerkweg", houseNumber: "4a", postcode: "1511BH", city: "Utrecht", country: null } }, ["address"]],
  ["the same house, country not told", { address: { street: "Kerkweg", houseNumber: "4", postcode: "1511BH", city: "Utrecht", country: null } }, []],
  ["an end of the employment", { employmentTo: "2026-03-31" }, ["employmentTo"]],
  ["another BSN", { bsn: "999907190" }, ["bsn"]],
  ["another birth date and start", { birthDate: "1998-03-11", employmentFrom: "2024-03-01" }, ["birthDate", "employmentFrom"]],
])("%s: exactly these fields change", (_, told, fields) => {
  const person = { line: 2, number: "2", ...told }
  const { changed, same } = comparePeople([vries], [person])
  expect({ changed, same }).toEqual(fields.length > 0 ? { changed: [{ person, existing: vries, fields }], same: [] } : { changed: [], same: [person] })
})

test.each([
  ["Ż", "Z", false],
  ["J.Th.", "J.T.H.", false],
  ["Z", "Ż", true],
  ["M.A.", "M.B.", true],
  ["", "K", true],
])("initials %j that come in as %j: a change is %s", (known, told, isChange) => {
  const { changed } = comparePeople([{ ...vries, initials: known }], [{ line: 2, number: "2", initials: told }])
  expect(changed.map(({ fields }) => fields)).toEqual(isChange ? [["initials"]] : [])
})

test("007 and 7 are one number", () => {
  expect(comparePeople([{ ...vries, number: "7" }], [{ line: 2, number: "007", surname: "Vries" }])).toMatchObject({ same: [{ number: "007" }], gone: [] })
})

test("whoever is not in the file is reported as gone, unless a line of the file names them and cannot be used", () => {
  expect(comparePeople([bakker, vries], [{ line: 2, number: "2" }]).gone).toEqual([bakker])
  expect(comparePeople([bakker, vries], [{ line: 2, number: "2" }], { setAside: ["01"] }).gone).toEqual([])
})

test("a BSN that stands under another number of the employer is a conflict, not a change and not a new employee", () => {
  const moved = { line: 2, number: "2", surname: "Vries", bsn: "999967216" }
  const again = { line: 3, number: "3", surname: "Bakker", bsn: "999967216" }
  const result = comparePeople([bakker, vries], [moved, again])
  expect(result.conflicts).toEqual([moved, again].map((person) => ({ person, code: "bsn-of-another-number" })))
  expect([result.added, result.changed]).toEqual([[], []])
})

test("a new BSN under two numbers of one file is a conflict for both", () => {
  const twice = ["3", "4"].map((number, index) => ({ line: index + 2, number, surname: "Smit", bsn: "999907190" }))
  expect(comparePeople([], twice).conflicts.map(({ person }) => person.number)).toEqual(["3", "4"])
})

test("a BSN can be compared by its sealed form", () => {
  const bsnKey = (bsn: string) => `sealed:${bsn}`
  const sealed = { ...vries, bsn: bsnKey("999920960") }
  expect(comparePeople([sealed], [{ line: 2, number: "2", bsn: "999920960" }], { bsnKey }).same).toHaveLength(1)
  expect(comparePeople([sealed], [{ line: 2, number: "3", surname: "Smit", bsn: "999920960" }], { bsnKey }).conflicts).toHaveLength(1)
})

test("an e-mail address for a number nobody has is a conflict: there is no name to add", () => {
  const stranger = { line: 2, number: "99", email: "x@voorbeeld.test" }
  expect(comparePeople([vries], [stranger])).toMatchObject({ added: [], conflicts: [{ person: stranger, code: "unknown-number" }] })
})

test("everybody in the file stands in exactly one list, and importing twice changes nothing the second time", () => {
  const number = fc.constantFrom("1", "2", "3", "4", "5")
  const bsn = fc.constantFrom("999967216", "999920960", "999907190", "999961810")
  const initials = fc.constantFrom("K", "Ż", "Z", "M.A.")
  const person = fc.record({ number, surname: fc.constantFrom("Vries", "Bakker"), bsn: fc.option(bsn, { nil: undefined }), initials })
  const imports = fc.uniqueArray(person, { selector: (one) => one.number }).map((people) => people.map((one, index) => ({ ...one, line: index + 2 })))
  const existing = imports.map((people) => people.map((one) => stored(one)))
  fc.assert(
    fc.property(existing, imports, (before, imported) => {
      const { added, same, gone, conflicts, ...sure } = comparePeople(before, imported)
      const changed = [...sure.changed, ...sure.doubtful]
      const listed = [...added, ...changed.map((change) => change.person), ...same, ...conflicts.map((conflict) => conflict.person)]
      expect(listed.map(({ line }) => line).sort()).toEqual(imported.map(({ line }) => line).sort())
      expect(gone.length + changed.length + same.length).toBeLessThanOrEqual(before.length)

      const untouched = before.filter(({ number: known }) => !changed.some(({ existing: { number: other } }) => other === known))
      const after = [...untouched, ...changed.map((change) => stored(change.person, change.existing)), ...added.map((one) => stored(one))]
      const accepted = imported.filter((one) => !conflicts.some((conflict) => conflict.person === one))
      expect(comparePeople(after, accepted)).toMatchObject({ added: [], changed: [], doubtful: [], conflicts: [] })
    }),
    { numRuns: 1000 },
  )
})

test.each<[string, Partial<ImportedPerson>, Partial<ExistingPerson>, "doubtful" | "changed"]>([
  ["name, birth date and BSN", { surname: "Smit", birthDate: "1970-01-01", bsn: "999967216" }, {}, "doubtful"],
  ["initials, birth date and BSN: father and son", { initials: "P", birthDate: "1970-01-01", bsn: "999967216" }, {}, "doubtful"],
  ["name and birth date, where the file has no BSN", { surname: "Smit", birthDate: "1970-01-01" }, {}, "doubtful"],
  ["name and BSN, where the portal has no birth date", { surname: "Smit", birthDate: "1970-01-01", bsn: "999967216" }, { birthDate: null }, "doubtful"],
  ["the name only: a marriage", { surname: "Smit", birthDate: "1998-11-03", bsn: "999920960" }, {}, "changed"],
  ["the name, with nothing else to compare", { surname: "Smit" }, {}, "changed"],
  ["the name, and a BSN where there was none", { surname: "Smit", bsn: "999967216" }, { bsn: null }, "changed"],
  ["name and birth date, but not the BSN", { surname: "Smit", birthDate: "1970-01-01", bsn: "999920960" }, {}, "changed"],
  ["birth date and BSN, but not the name", { birthDate: "1970-01-01", bsn: "999967216" }, {}, "changed"],
  ["initials and a BSN: a slip of the pen was put right", { initials: "P", bsn: "999967216" }, {}, "changed"],
  ["only the address of the mail", { surname: "Vries", email: "ander@voorbeeld.test" }, {}, "changed"],
])("what differs is %s", (_, told, known, outcome) => {
  const result = comparePeople([{ ...vries, ...known }], [{ line: 2, number: "2", ...told }])
  expect([result.doubtful.length, result.changed.length]).toEqual(outcome === "doubtful" ? [1, 0] : [0, 1])
})
