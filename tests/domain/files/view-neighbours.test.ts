import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { keysToWrite } from "#domain/dossiers/dossier-key.ts"
import { keepBytes } from "#domain/files/keep-bytes.ts"
import { listUnread } from "#domain/files/list-unread.ts"
import { openFile } from "#domain/files/open-file.ts"
import { placeFiles } from "#domain/files/place-files.ts"
import { viewNeighbours } from "#domain/files/view-neighbours.ts"
import { asSystem, asSystemOnce, closeDatabase } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, makeClient, makeOffice, today, viewerFor } from "../../support/house.ts"

const database = useDatabase()
const ids = Array.from({ length: 6 }, newId)
let employee: Viewer
let colleague: Viewer
let owner: pg.Client

beforeAll(async () => {
  const office = await makeOffice()
  const employerId = await makeClient(office)
  const [first = "", second = ""] = (await bringInBakers(office, employerId)).values()
  employee = await viewerFor("employee", first)
  colleague = await viewerFor("employee", second)
  const target = (await keysToWrite(asSystemOnce("demo"), [first])).get(first)
  const kept = await Promise.all(ids.map(() => keepBytes(target?.recipient ?? "", Buffer.from("%PDF-1.7"))))
  for (const [index, bytes] of kept.entries()) {
    const about = { dossierId: target?.dossierId ?? "", ownerId: first, audiences: [employerId], kind: "payslip", year: index === 5 ? 2025 : 2026, period: index + 1, periodKind: "month", mediaType: "application/pdf" }
    const at = new Date(today.getTime() + Math.floor(index / 2) * 1000)
    await asSystem("demo", (tx) => placeFiles(tx, [{ id: ids[index] ?? "", ...about, ...bytes }], { employerId, senderId: office.partyId, senderName: "Kantoor", deliveryId: null, accountId: office.accountId, at }))
  }
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await closeDatabase()
})

const around = async (fileId = "", list: "dossier" | "unread" = "dossier") => (await viewNeighbours(employee, { fileId, list })).map(({ id }) => ids.indexOf(id))

test("in a dossier the files of the same year stand around one, and of another year none", async () => {
  expect(await around(ids[2])).toEqual([4, 3, 2, 1, 0])
  expect(await around(ids[5])).toEqual([5])
  expect(await viewNeighbours(colleague, { fileId: ids[2] ?? "", list: "dossier" })).toEqual([])
})

test("in Ongelezen the nearest unread ones stand around one, in the order of that list, also when it was read meanwhile", async () => {
  const listed = (await listUnread(employee)).files.map(({ id }) => ids.indexOf(id))
  expect(listed.toSorted()).toEqual([0, 1, 2, 3, 4, 5])
  for (const [place, index] of listed.entries()) expect(await around(ids[index], "unread")).toEqual(listed.slice(Math.max(place - 1, 0), place + 2))
  for (const index of [listed[2], listed[3]]) await openFile(employee, { fileId: ids[index ?? 0] ?? "", how: "view" })
  expect(await around(ids[listed[2] ?? 0], "unread")).toEqual([listed[1], listed[2], listed[4]])
  expect(await viewNeighbours(colleague, { fileId: ids[2] ?? "", list: "unread" })).toEqual([])
})

test("what goes out of sight meanwhile is passed over, and around what is gone itself stands nothing", async () => {
  await owner.query("update file_grant set ended_at = now() where file_id = $1", [ids[2]])
  expect(await around(ids[1])).toEqual([4, 3, 1, 0])
  expect(await around(ids[2])).toEqual([])
  expect(await around(ids[2], "unread")).toEqual([])
})
