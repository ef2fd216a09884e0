import { afterAll, beforeEach, expect, test } from "vitest"
import { linkEmployment } from "#domain/accounts/link-employment.ts"
import { importPeople, previewPeople, type ImportAnswers } from "#domain/parties/import-people.ts"
import { asSystem, asViewer, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringIn, makeClient, makeOffice, today } from "../../support/house.ts"
import { enterBy, insideWith, invitedLink } from "../accounts/people.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const csv = (...lines: string[]) => new TextEncoder().encode(["nummer;voorletters;achternaam;geboortedatum;bsn;email;in dienst;uit dienst", ...lines].join("\n"))
const gone = "7;N;Bakker;16-04-1986;999967216;nora@werk.test;01-02-2020;31-12-2025"
const colleague = "8;K;Vries;03-11-1998;999920960;kees@werk.test;01-02-2020;"
const back = "12;N;Bakker;16-04-1986;999967216;nora@werk.test;01-03-2026;"

const taxNumbers = ["999990020L01", "999990032L01", "999990044L01", "999990056L01", "999990068L01", "999990081L01"]
let office: Viewer
let employerId: string
let was: { id: string }

beforeEach(async () => {
  office = await makeOffice()
  employerId = await makeClient(office, taxNumbers.shift())
  await bringIn(office, employerId, "csv", csv(gone, colleague))
  was = await asSystem("operate", (tx) => tx.employee.findFirstOrThrow({ where: { employerId, number: "7" }, select: { id: true } }))
})

const input = (...lines: string[]) => ({ employerId, source: "csv" as const, bytes: csv(...lines) })

async function bring(answers: ImportAnswers, ...lines: string[]) {
  const { fingerprint } = await previewPeople(office, input(...lines), today)
  return importPeople(office, { ...input(...lines), ...answers, fingerprint }, today)
}

async function people() {
  const rows = await asSystem("operate", (tx) => tx.employee.findMany({ where: { employerId }, select: { id: true, number: true, employedFrom: true, employedTo: true }, orderBy: { number: "asc" } }))
  const day = (date: Date | null) => date?.toISOString().slice(0, 10) ?? null
  return rows.map(({ id, number, employedFrom, employedTo }) => [number, id === was.id, day(employedFrom), day(employedTo)])
}

/** Whose dossiers a viewer sees. */
const sees = (viewer: Viewer) => asViewer(viewer, async (tx) => (await tx.dossier.findMany({ select: { ownerId: true } })).map(({ ownerId }) => ownerId))
const idOf = async (number: string) => (await asSystem("operate", (tx) => tx.employee.findFirstOrThrow({ where: { employerId, number }, select: { id: true } }))).id

const asTheyWere = [["7", true, "2020-02-01", "2025-12-31"], ["8", false, "2020-02-01", null]]

test("somebody who comes back under another number is asked about, and nothing is stored when nobody answers", async () => {
  const preview = await previewPeople(office, input(back), today)
  expect(preview).toMatchObject({
    added: { count: 0 },
    conflicts: { count: 0 },
    returning: { count: 1, rows: [{ number: "12", known: { number: "7" }, until: "2025-12-31", mayRenumber: true }] },
  })
  expect(JSON.stringify(preview)).not.toMatch(/9999\d{5}/)
  expect(await bring({ returning: [{ number: "7", as: "same" }, { number: "8", as: "new" }] }, back)).toMatchObject({ added: 0, changed: 0 })
  expect(await people()).toEqual(asTheyWere)
})

test("the same person under a new number: dossier and access go on, the old number stays known, and twice is harmless", async () => {
  const own = await enterBy(await invitedLink(office, was.id), "nora@werk.test")
  const other = await enterBy(await invitedLink(office, await idOf("8")), "kees@werk.test", "1998-11-03")
  const answer: ImportAnswers = { returning: [{ number: "12", as: "same" }] }
  expect(await bring(answer, back)).toMatchObject({ added: 0, changed: 1 })
  expect(await people()).toEqual([["12", true, "2026-03-01", null], asTheyWere[1]])
  expect(await bring(answer, back)).toMatchObject({ added: 0, changed: 0 })
  expect(await asSystem("operate", (tx) => tx.earlierNumber.findMany({ select: { employeeId: true, number: true } }))).toEqual([{ employeeId: was.id, number: "7" }])
  expect([await sees(own.viewer), await sees(other.viewer)]).toEqual([[was.id], [await idOf("8")]])
  const [event] = await asSystem("operate", (tx) => tx.auditEvent.findMany({ where: { kind: "people.imported", subjectId: employerId, details: { path: ["renumbered"], equals: 1 } } }))
  expect(event?.details).toMatchObject({ source: "csv", changed: 1, renumbered: 1 })
})

test("a new employment stands beside the old: the old account sees nothing of it before it is linked, and nobody else ever", async () => {
  const own = await enterBy(await invitedLink(office, was.id), "nora.b@werk.test")
  const other = await enterBy(await invitedLink(office, await idOf("8")), "kees.v@werk.test", "1998-11-03")
  expect(await bring({ returning: [{ number: "12", as: "new" }] }, back)).toMatchObject({ added: 1, changed: 0 })
  expect(await people()).toEqual([["12", false, "2026-03-01", null], ...asTheyWere])
  const second = await idOf("12")
  expect([await sees(own.viewer), await sees({ ...own.viewer, partyId: second })]).toEqual([[was.id], []])

  const token = await invitedLink(office, second)
  await expect(linkEmployment(other.viewer, { token, proof: "1986-04-16" }, today)).rejects.toMatchObject({ code: "link-other-person" })
  const linked = await insideWith(await linkEmployment(own.viewer, { token, proof: "1986-04-16" }, today))
  expect(await sees({ ...linked.viewer, partyId: second })).toEqual([second])
  expect([await sees({ ...linked.viewer, partyId: was.id }), await sees(other.viewer)]).toEqual([[was.id], [await idOf("8")]])
  expect(await bring({ returning: [{ number: "12", as: "new" }] }, back)).toMatchObject({ added: 0, changed: 0 })
})

test("two who answer at once, one this way and one that, come to one of both", async () => {
  const both = await Promise.all([bring({ returning: [{ number: "12", as: "same" }] }, back), bring({ returning: [{ number: "12", as: "new" }] }, back)])
  expect(both.map(({ added, changed }) => added + changed).toSorted()).toEqual([0, 1])
  expect((await people()).filter(([number]) => number === "12")).toHaveLength(1)
})

test("while the file still names the old number, its dossier cannot get another; a second employment can", async () => {
  const preview = await previewPeople(office, input(gone, back), today)
  expect(preview.returning.rows).toMatchObject([{ number: "12", mayRenumber: false }])
  expect(await bring({ returning: [{ number: "12", as: "same" }] }, gone, back)).toMatchObject({ added: 0, changed: 0 })
  expect(await bring({ returning: [{ number: "12", as: "new" }] }, gone, back)).toMatchObject({ added: 1 })
})

test("who is not in the file gets an end only by a day that was filled in, and not before the start", async () => {
  const leavers = (on: string) => bring({ leavers: [{ number: "8", on }, { number: "7", on }] }, "9;A;Nieuw;01-01-1990;;;01-03-2026;")
  const preview = await previewPeople(office, input("9;A;Nieuw;01-01-1990;;;01-03-2026;"), today)
  expect(preview.gone.rows.map(({ number }) => number)).toEqual(["8"])
  await expect(leavers("2020-01-31")).rejects.toMatchObject({ code: "import-end-wrong" })
  await expect(leavers("31-02-2026")).rejects.toMatchObject({ code: "import-end-wrong" })
  expect(await leavers("2026-03-31")).toMatchObject({ added: 1, changed: 1 })
  expect(await people()).toEqual([["7", true, "2020-02-01", "2025-12-31"], ["8", false, "2020-02-01", "2026-03-31"], ["9", false, "2026-03-01", null]])
})
