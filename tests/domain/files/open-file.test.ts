import pg from "pg"
import { beforeAll, expect, test } from "vitest"
import { keysToWrite } from "#domain/dossiers/dossier-key.ts"
import { keepBytes } from "#domain/files/keep-bytes.ts"
import { openFile } from "#domain/files/open-file.ts"
import { placeFiles } from "#domain/files/place-files.ts"
import { asSystem, asSystemOnce } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { viewOpenings } from "#domain/files/view-openings.ts"
import { Invalid, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, makeClient, makeOffice, today, viewerFor } from "../../support/house.ts"

const database = useDatabase()
const bytes = new Uint8Array(200_000).map((_, index) => index % 251)
const fileId = newId()
let employee: Viewer
let colleague: Viewer

beforeAll(async () => {
  const office = await makeOffice()
  const employerId = await makeClient(office)
  const [first = "", second = ""] = (await bringInBakers(office, employerId)).values()
  employee = await viewerFor("employee", first)
  colleague = await viewerFor("employee", second)
  const target = (await keysToWrite(asSystemOnce("demo"), [first])).get(first)
  const kept = await keepBytes(target?.recipient ?? "", bytes)
  const payslip = { id: fileId, dossierId: target?.dossierId ?? "", ownerId: first, audiences: [employerId], kind: "payslip", year: 2026, period: 3, periodKind: "month", mediaType: "application/pdf", ...kept }
  const placing = { employerId, senderId: office.partyId, senderName: "Kantoor", deliveryId: null, accountId: office.accountId, at: today }
  await asSystem("demo", (tx) => placeFiles(tx, [payslip], placing))
})

test("a file opened forty times at once is given whole each time, and each time stands in the chain", async () => {
  const opened = await Promise.all(Array.from({ length: 40 }, () => openFile(employee, { fileId, how: "download" })))
  for (const { stream } of opened) expect(Buffer.compare(Buffer.from(await new Response(stream).arrayBuffer()), bytes)).toBe(0)
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  const { rows } = await owner.query("select count(*)::int as events, max(seq) - min(seq) + 1 as steps from audit_event where kind = 'file.downloaded' and subject_id = $1", [fileId])
  const reads = await owner.query("select from file_read where file_id = $1", [fileId])
  await owner.end()
  expect(rows).toEqual([{ events: 40, steps: 40 }])
  expect(reads.rowCount).toBe(1)
})

test("ranges that one session asks one after another are one opening; another session, another way or half an hour later is a new one", async () => {
  const recorded = async () => (await viewOpenings(employee, { fileId, page: 1 })).total
  const before = await recorded()
  const ask = async (viewer: Viewer, how: "view" | "download", first: number, last: number) => {
    const { part, stream } = await openFile(viewer, { fileId, how, range: { first, last } })
    expect(part).toEqual({ start: first, end: last + 1 })
    expect(Buffer.compare(Buffer.from(await new Response(stream).arrayBuffer()), bytes.subarray(first, last + 1))).toBe(0)
  }
  for (const first of [0, 70_000, 131_000]) await ask(employee, "view", first, first + 60_000)
  expect(await recorded()).toBe(before + 1)
  const elsewhere = { ...employee, sessionId: newId() }
  await ask(elsewhere, "view", 10, 20)
  await ask(elsewhere, "download", 10, 20)
  expect(await recorded()).toBe(before + 3)
  await openFile(employee, { fileId, how: "view" })
  expect(await recorded()).toBe(before + 4)
  await ask(employee, "view", 0, 1)
  expect(await recorded(), "covered by the whole that was just opened").toBe(before + 4)
  await asOwner("set session_replication_role = replica", "update audit_event set at = at - interval '31 minutes' where subject_id = $1")
  await ask(employee, "view", 0, 1)
  expect(await recorded()).toBe(before + 5)
})

test("ranges that one session asks at once are one opening too", async () => {
  const recorded = async () => (await viewOpenings(employee, { fileId, page: 1 })).total
  const before = await recorded()
  const elsewhere = { ...employee, sessionId: newId() }
  await Promise.all(Array.from({ length: 12 }, (_, nr) => openFile(elsewhere, { fileId, how: "view", range: { first: nr * 1000, last: nr * 1000 + 999 } })))
  expect(await recorded()).toBe(before + 1)
})

test("a range past the end is no opening, and says how large the file is", async () => {
  const before = (await viewOpenings(employee, { fileId, page: 1 })).total
  await expect(openFile(employee, { fileId, how: "view", range: { first: bytes.length, last: null } })).rejects.toEqual(new Invalid("range-past-end", { size: bytes.length }))
  expect((await viewOpenings(employee, { fileId, page: 1 })).total).toBe(before)
  await expect(openFile(colleague, { fileId, how: "view", range: { first: 0, last: 1 } })).rejects.toThrow(NotFound)
})

async function asOwner(before: string, statement: string): Promise<void> {
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await owner.query(before)
  await owner.query(statement, [fileId]).finally(() => owner.end())
}

test("a colleague opens nothing, and leaves nothing in the chain", async () => {
  await expect(openFile(colleague, { fileId, how: "view" })).rejects.toThrow(NotFound)
})
