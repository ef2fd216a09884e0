import { afterAll, expect, test } from "vitest"
import { importPeople, previewPeople } from "#domain/parties/import-people.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { useDatabase } from "../../support/database.ts"
import { bringIn, makeClient, makeOffice, today } from "../../support/house.ts"

useDatabase()
afterAll(closeDatabase)

const csv = (...lines: string[]) => new TextEncoder().encode(["nummer;voorletters;achternaam;geboortedatum;bsn;email", ...lines].join("\n"))
const bakker = "7;N;Bakker;14-02-1985;999967216;bakker@voorbeeld.test"
const smit = "7;P;Smit;01-12-1999;999920960;smit@voorbeeld.test"

async function surnames(employerId: string) {
  const rows = await asSystem("operate", (tx) => tx.employee.findMany({ where: { employerId }, select: { surname: true, contactEmail: true }, orderBy: { number: "asc" } }))
  return rows.map(({ surname, contactEmail }) => [surname, contactEmail])
}

test("a number under which everything differs is asked about, and stays as it is when nobody confirms it", async () => {
  const office = await makeOffice()
  const employerId = await makeClient(office)
  await bringIn(office, employerId, "csv", csv(bakker))
  const input = { employerId, source: "csv" as const, bytes: csv(smit, "8;A;Jansen;02-02-1990;;jansen@voorbeeld.test") }

  const preview = await previewPeople(office, input, today)
  expect(preview).toMatchObject({
    added: { count: 1 },
    changed: { count: 0, rows: [] },
    doubtful: { count: 1, rows: [{ number: "7", surname: "Smit", line: 2, known: { surname: "Bakker", initials: "N" } }] },
    conflicts: { count: 0 },
  })
  expect(JSON.stringify(preview)).not.toMatch(/9999\d{5}/)

  expect(await importPeople(office, { ...input, fingerprint: preview.fingerprint, confirmed: ["8", "70"] }, today)).toMatchObject({ added: 1, changed: 0 })
  expect(await surnames(employerId)).toEqual([["Bakker", "bakker@voorbeeld.test"], ["Jansen", "jansen@voorbeeld.test"]])
})

test("the one who is confirmed is changed, and it is recorded that it was", async () => {
  const office = await makeOffice()
  const employerId = await makeClient(office, "999990032L01")
  await bringIn(office, employerId, "csv", csv(bakker))
  const input = { employerId, source: "csv" as const, bytes: csv(smit) }
  const { fingerprint } = await previewPeople(office, input, today)
  expect(await importPeople(office, { ...input, fingerprint, confirmed: ["7"] }, today)).toMatchObject({ added: 0, changed: 1 })
  expect(await surnames(employerId)).toEqual([["Smit", "smit@voorbeeld.test"]])
  const [event] = await asSystem("operate", (tx) => tx.auditEvent.findMany({ where: { kind: "people.imported", subjectId: employerId }, orderBy: { at: "desc" }, take: 1 }))
  expect(event?.details).toMatchObject({ changed: 1, replaced: 1 })
})
