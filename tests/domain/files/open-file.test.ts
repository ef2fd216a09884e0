import pg from "pg"
import { beforeAll, expect, test } from "vitest"
import { keysToWrite } from "#domain/dossiers/dossier-key.ts"
import { keepBytes } from "#domain/files/keep-bytes.ts"
import { openFile } from "#domain/files/open-file.ts"
import { placeFiles } from "#domain/files/place-files.ts"
import { asSystem, asSystemOnce } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { NotFound } from "#policy/errors.ts"
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

test("a colleague opens nothing, and leaves nothing in the chain", async () => {
  await expect(openFile(colleague, { fileId, how: "view" })).rejects.toThrow(NotFound)
})
