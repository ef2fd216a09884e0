import { afterAll, expect, test } from "vitest"
import { importPeople, lookAtPeople, previewPeople } from "#domain/parties/import-people.ts"
import { readPeopleCsv, readPeopleXlsx } from "#domain/parties/read-people-list.ts"
import { asSystem, asViewer, closeDatabase } from "#platform/database.ts"
import { Forbidden, NotFound } from "#policy/errors.ts"
import type { ImportField } from "#policy/import-fields.ts"
import { useDatabase } from "../../support/database.ts"
import { bringIn, makeClient, makeOffice, makeSelfRunning, today, viewerFor } from "../../support/house.ts"
import { workbook, type WorkbookCell } from "../../support/workbook.ts"

useDatabase()
afterAll(closeDatabase)

const csv = (...lines: string[]) => new TextEncoder().encode(lines.join("\n"))
const list = (...rows: (readonly WorkbookCell[])[]) => workbook([{ name: "Blad1", rows }])
const chosen = (fields: readonly (ImportField | null)[]) => ({ sheet: null, fields, remembered: [], salt: "" })
const odd = csv("wn code;wie;geb. dag;post;afdeling", "K1;Vries;3-11-1998;k@voorbeeld.test;Winkel", "K2;Smit;44197;s@voorbeeld.test;Oven")
const fieldsOfOdd = ["number", "surname", "birthDate", "email", null] as const

test("columns nobody knows by name are guessed by what stands in them, and asked: nobody comes in yet", () => {
  const { columns, people } = readPeopleCsv(csv("code;persnrs;wie;dag;sofi;mailtje;pc.;geboren op", "A;7;Vries;1-1-2020;999967216;a@voorbeeld.test;1506 ED;3-11-1998"))
  expect(columns.columns.map(({ heading, field }) => [heading, field])).toEqual([
    ["code", null], ["persnrs", null], ["wie", null], ["dag", null], ["sofi", "bsn"], ["mailtje", "email"], ["pc.", "postcode"], ["geboren op", "birthDate"],
  ])
  expect([columns.isSure, people]).toEqual([false, []])
})

test("a BSN is masked among the values that are shown", () => {
  const { columns } = readPeopleCsv(csv("nummer;achternaam;bsn;wat", "1;Vries;999967216;9999.20.960"))
  expect(columns.columns.map(({ samples }) => samples)).toEqual([["1"], ["Vries"], ["••••••216"], ["••••••960"]])
})

test.each([
  ["two columns that are one field", ["number", "email", "email"], "import-column-twice"],
  ["no number", [null, "surname", "email"], "import-columns-missing"],
  ["no name and no address", ["number", null, "bsn"], "import-columns-missing"],
] as const)("%s cannot be read", (_, fields, code) => {
  expect(() => readPeopleCsv(csv("a;b;c", "1;2;3"), chosen(fields))).toThrow(expect.objectContaining({ code }))
})

test("titles over the row of headings are passed over", () => {
  expect(readPeopleXlsx(list(["Werknemers per 1 maart"], [], ["Nummer", "Achternaam", "Uren"], [7, "Vries", 36])).people).toEqual([{ line: 4, number: "7", surname: "Vries" }])
})

test("a workbook gives days, a BSN that lost its zero and the outcome of formulas; an empty cell tells nothing", () => {
  const { people, problems } = readPeopleXlsx(list(
    ["nummer", "achternaam", "geboortedatum", "bsn", "in dienst", "email", "uit dienst"],
    [1, "Vries", { day: 36_102 }, 10_464_554, 45_000, { formula: 'A2&"@voorbeeld.test"', value: "1@voorbeeld.test" }, null],
    [2, "Smit", { formula: "1/0", value: "#DIV/0!" }],
  ))
  expect(people).toEqual([{ line: 2, number: "1", surname: "Vries", birthDate: "1998-11-03", bsn: "010464554", employmentFrom: "2023-03-15", email: "1@voorbeeld.test", employmentTo: null }])
  expect(problems.map(({ line, code, field }) => [line, code, field])).toEqual([[3, "date-impossible", "birthDate"]])
})

test("a bare number of a workbook that counts from 1904 is the day that it says there", () => {
  const rows = [["nummer", "achternaam", "geboortedatum", "in dienst"], [1, "Vries", 36_102 - 1462, { day: 45_000 - 1462 }]]
  expect(readPeopleXlsx(workbook([{ name: "Blad1", rows }], { date1904: true })).people).toEqual([{ line: 2, number: "1", surname: "Vries", birthDate: "1998-11-03", employmentFrom: "2023-03-15" }])
})

test("of several sheets somebody says which one; a hidden one is not offered", () => {
  const book = workbook([
    { name: "Oud", rows: [["nummer", "achternaam"], [1, "Oud"]] },
    { name: "Geheim", rows: [["nummer", "achternaam"], [2, "Geheim"]], state: "hidden" },
    { name: "Uitleg", rows: [["Deze lijst komt uit ons eigen systeem"]] },
    { name: "Nieuw", rows: [["nummer", "achternaam"], [3, "Nieuw"]] },
  ])
  const { columns } = readPeopleXlsx(book)
  expect([columns.isSure, columns.sheet, columns.sheets]).toEqual([false, 0, [{ place: 0, name: "Oud" }, { place: 3, name: "Nieuw" }]])
  expect(readPeopleXlsx(book, { ...chosen(["number", "surname"]), sheet: 3 }).people.map(({ surname }) => surname)).toEqual(["Nieuw"])
  expect(() => readPeopleXlsx(book, { ...chosen(["number", "surname"]), sheet: 1 })).toThrow(expect.objectContaining({ code: "import-empty" }))
})

test("columns that were told are remembered for that employer, in any order of asking, and for no other", async () => {
  const office = await makeOffice()
  const [employerId, otherId] = [await makeClient(office), await makeClient(office, "999990032L01")]
  const input = { employerId, source: "csv" as const, bytes: odd }
  const look = await lookAtPeople(office, input, today)
  expect(look.columns?.columns.map(({ field }) => field)).toEqual(["number", null, "birthDate", "email", null])
  await expect(previewPeople(office, input, today)).rejects.toMatchObject({ code: "import-columns-missing" })

  const told = { ...input, columns: { sheet: null, fields: fieldsOfOdd } }
  const { fingerprint, added } = await previewPeople(office, told, today)
  expect(added.count).toBe(2)
  await expect(importPeople(office, { ...input, fingerprint }, today)).rejects.toMatchObject({ code: "import-changed" })
  expect(await asSystem("operate", (tx) => tx.columnMapping.count())).toBe(0)
  expect(await importPeople(office, { ...told, fingerprint }, today)).toMatchObject({ added: 2, changed: 0 })

  const next = csv("Wn. code;Wie;Geb dag;Post;Afdeling", "K1;Vries;3-11-1998;nieuw@voorbeeld.test;Winkel")
  expect(await bringIn(office, employerId, "csv", next)).toMatchObject({ added: 0, changed: 1 })
  expect((await lookAtPeople(office, { ...input, adjust: true }, today)).columns?.columns.map(({ field }) => field)).toEqual(fieldsOfOdd)
  expect((await lookAtPeople(office, { ...input, employerId: otherId }, today)).preview).toBeNull()
  const rows = await asSystem("operate", (tx) => tx.columnMapping.findMany())
  expect(rows.map(({ employerId: whose, fields }) => [whose, fields])).toEqual([[employerId, ["number", "surname", "birthDate", "email", ""]]])
  expect(JSON.stringify(rows)).not.toMatch(/wie|code/i)
})

test("told otherwise, the last word counts; twice and two at once keep one", async () => {
  const office = await makeOffice()
  const employerId = await makeClient(office, "999990044L01")
  const bring = async (fields: readonly (ImportField | null)[]) => {
    const input = { employerId, source: "csv" as const, bytes: odd, columns: { sheet: null, fields } }
    const { fingerprint } = await previewPeople(office, input, today)
    return importPeople(office, { ...input, fingerprint }, today)
  }
  await Promise.all([bring(fieldsOfOdd), bring(fieldsOfOdd)])
  await bring(["number", "surname", null, "email", null])
  const rows = await asSystem("operate", (tx) => tx.columnMapping.findMany({ where: { employerId } }))
  expect(rows.map(({ fields }) => fields)).toEqual([["number", "surname", "", "email", ""]])
  expect(await asSystem("operate", (tx) => tx.employee.count({ where: { employerId } }))).toBe(2)
})

test("a stranger's office, an employer with an office and an employee look at no columns, and see none that are remembered", async () => {
  const office = await makeOffice()
  const employerId = await makeClient(office, "999990056L01")
  const input = { employerId, source: "csv" as const, bytes: odd, columns: { sheet: null, fields: fieldsOfOdd } }
  const { fingerprint } = await previewPeople(office, input, today)
  await importPeople(office, { ...input, fingerprint }, today)
  const [{ id } = { id: "" }] = await asSystem("operate", (tx) => tx.employee.findMany({ where: { employerId }, select: { id: true } }))
  const [stranger, employer, employee] = [await makeOffice(), await viewerFor("employer", employerId), await viewerFor("employee", id)]
  await expect(lookAtPeople(stranger, input, today)).rejects.toThrow(NotFound)
  await expect(lookAtPeople(employer, input, today)).rejects.toThrow(Forbidden)
  await expect(lookAtPeople(employee, input, today)).rejects.toThrow(Forbidden)
  const seenBy = (viewer: typeof office) => asViewer(viewer, (tx) => tx.columnMapping.count())
  expect([await seenBy(office), await seenBy(stranger), await seenBy(employee), await seenBy(await makeSelfRunning("999990068L01"))]).toEqual([1, 0, 0, 0])
})

test("what changes of somebody is shown from old to new, and of a BSN only that it does", async () => {
  const office = await makeOffice()
  const employerId = await makeClient(office, "999990081L01")
  const header = "nummer;achternaam;bsn;geboortedatum;straat;huisnummer;postcode;plaats"
  await bringIn(office, employerId, "csv", csv(header, "1;Vries;999967216;3-11-1998;Dam;1;1506ED;Zaandam"))
  const preview = await previewPeople(office, { employerId, source: "csv", bytes: csv(header, "1;Smit;999920960;3-11-1998;Dam;2;1506ED;Zaandam") }, today)
  expect(preview.changed.rows[0]?.changes).toEqual([
    { field: "surname", before: "Vries", after: "Smit" },
    { field: "bsn", before: null, after: null },
    { field: "address", before: "Dam 1, 1506ED Zaandam", after: "Dam 2, 1506ED Zaandam" },
  ])
})
