import { execFileSync } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { keysToWrite } from "#domain/dossiers/dossier-key.ts"
import { keepBytes } from "#domain/files/keep-bytes.ts"
import { placeFiles } from "#domain/files/place-files.ts"
import { planZip, zipFiles } from "#domain/files/zip-files.ts"
import { asSystem, asSystemOnce, closeDatabase } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { storage } from "#platform/storage.ts"
import { Invalid, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, makeClient, makeOffice, today, viewerFor } from "../../support/house.ts"

const database = useDatabase()
const folder = mkdtempSync(join(tmpdir(), "loondossier-zip-"))
const fileIds = Array.from({ length: 5 }, newId)
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
  const payslips = await Promise.all(
    fileIds.map(async (id, index) => ({
      ...{ id, dossierId: target?.dossierId ?? "", ownerId: first, audiences: [employerId], kind: "payslip", year: 2026, period: index + 1, periodKind: "month", mediaType: "application/pdf" },
      ...(await keepBytes(target?.recipient ?? "", contentOf(index))),
    })),
  )
  const placing = { employerId, senderId: office.partyId, senderName: "Kantoor", deliveryId: null, accountId: office.accountId, at: today }
  await asSystem("demo", (tx) => placeFiles(tx, payslips, placing))
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await closeDatabase()
  rmSync(folder, { recursive: true, force: true })
})

const contentOf = (index: number) => new Uint8Array(90_000 * (index + 1)).map((_, at) => (at * (index + 3)) % 251)

const downloads = async () => (await owner.query("select subject_id from audit_event where kind = 'file.downloaded' order by id")).rows.map((row) => row.subject_id)

test("a zip of a year holds every file whole under its own name, as unzip reads it; each is in the chain and read", async () => {
  const files = await planZip(employee, { yearOf: fileIds[0] ?? "" })
  const { stream, length } = zipFiles(employee, files, files.map((file) => `Loonstroken/é ${file.period}.pdf`))
  expect(await downloads(), "nothing is opened before it is asked for").toEqual([])
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer())
  expect(bytes.length).toBe(length)
  writeFileSync(join(folder, "jaar.zip"), bytes)
  execFileSync("unzip", ["-q", "jaar.zip", "-d", "uit"], { cwd: folder, env: { ...process.env, LC_ALL: "C.UTF-8" } })
  expect(readdirSync(join(folder, "uit/Loonstroken")).toSorted()).toEqual([1, 2, 3, 4, 5].map((nr) => `é ${nr}.pdf`))
  for (const nr of [1, 2, 3, 4, 5]) expect(Buffer.compare(readFileSync(join(folder, `uit/Loonstroken/é ${nr}.pdf`)), contentOf(nr - 1))).toBe(0)
  expect((await downloads()).toSorted()).toEqual(fileIds.toSorted())
  expect((await owner.query("select from file_read where account_id = $1", [employee.accountId])).rowCount).toBe(5)
})

test("whoever cannot see one of the files gets none of them; nothing chosen, too many and too much are refused", async () => {
  await expect(planZip(colleague, { yearOf: fileIds[0] ?? "" })).rejects.toThrow(NotFound)
  await expect(planZip(colleague, { fileIds })).rejects.toEqual(new NotFound("zip-file-gone"))
  await expect(planZip(employee, { fileIds: [...fileIds, newId()] })).rejects.toEqual(new NotFound("zip-file-gone"))
  await expect(planZip(employee, { fileIds: [] })).rejects.toEqual(new Invalid("zip-empty"))
  await expect(planZip(employee, { fileIds: Array.from({ length: 5000 }, newId) })).rejects.toEqual(new Invalid("zip-too-many", { most: 1000 }))
  await owner.query("update dossier_file set size = 2000000000 where id = $1", [fileIds[0]])
  await expect(planZip(employee, { fileIds })).rejects.toEqual(new Invalid("zip-too-large", { gigabytes: 2 }))
  await owner.query("update dossier_file set size = 90000 where id = $1", [fileIds[0]])
  expect((await planZip(employee, { fileIds: [...fileIds, ...fileIds] })).length, "twice chosen is once").toBe(5)
})

test("whoever goes away half way leaves the rest unopened", async () => {
  const before = (await downloads()).length
  const files = await planZip(employee, { fileIds })
  const reader = zipFiles(employee, files, files.map((file) => file.id)).stream.getReader()
  for (let pieces = 0; pieces < 4; pieces += 1) await reader.read()
  await reader.cancel()
  expect((await downloads()).length).toBe(before + 1)
})

test("a share that ends meanwhile, a damaged file and one of another size make the whole zip fail, never a short one", async () => {
  const read = async (spoil: (fileId: string) => Promise<unknown>) => {
    const files = await planZip(employee, { fileIds })
    const { stream } = zipFiles(employee, files, files.map((file) => file.id))
    await spoil(files[2]?.id ?? "")
    return new Response(stream).arrayBuffer().then(({ byteLength }) => byteLength)
  }
  await expect(read((id) => owner.query("update file_grant set ended_at = now() where file_id = $1", [id]))).rejects.toThrow(NotFound)
  await owner.query("update file_grant set ended_at = null")
  await owner.query("update dossier_file set size = size + 1 where id = $1", [fileIds[2]])
  await expect(read(async () => undefined)).rejects.toThrow("another size")
  await owner.query("update dossier_file set size = size - 1 where id = $1", [fileIds[2]])
  const damage = async (id: string) => {
    const { rows } = await owner.query("select storage_key from dossier_file where id = $1", [id])
    const sealed = new Uint8Array(await new Response(await (await storage()).get(rows[0].storage_key)).arrayBuffer())
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1
    await (await storage()).put(rows[0].storage_key, sealed)
  }
  await expect(read(damage)).rejects.toThrow()
})
