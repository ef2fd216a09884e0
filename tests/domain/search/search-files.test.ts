import pg from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { readOlderTexts } from "#domain/search/read-older-texts.ts"
import { readTexts } from "#domain/search/read-texts.ts"
import { searchFiles } from "#domain/search/search-files.ts"
import { binFiles } from "#domain/sharing/bin-files.ts"
import { endShare } from "#domain/sharing/end-share.ts"
import { shareFiles } from "#domain/sharing/share-files.ts"
import { viewSharing } from "#domain/sharing/view-sharing.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { storage, StorageMissing } from "#platform/storage.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, makeClient, makeOffice, sendOff, startWith, viewerFor } from "../../support/house.ts"
import { placeOwn } from "../sharing/people.ts"

const database = useDatabase()
let owner: pg.Client
let office: Viewer
let stranger: Viewer
let employer: Viewer
let employee: Viewer
let employerId: string
let employees: Map<string, string>

beforeAll(async () => {
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  office = await makeOffice()
  stranger = await makeOffice()
  employerId = await makeClient(office)
  employees = await bringInBakers(office, employerId)
  await sendOff(office, await startWith(office, employerId, "maart", ["loonstroken-maart-2026.pdf", "journaalpost-maart-2026.pdf"]))
  employer = await viewerFor("employer", employerId)
  employee = await viewerFor("employee", employees.get("2") ?? "")
})
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
  await owner.end()
})

const found = async (viewer: Viewer, text: string) => (await searchFiles(viewer, { text, page: 1 })).total
const texts = async () => (await owner.query<{ n: number }>("select count(*)::int as n from file_text")).rows[0]?.n

describe("before their text is read", () => {
  test("files are found by kind, period, month and year", async () => {
    for (const text of ["loonstrook", "LOONSTROOK maart", "mrt 2026", "03", "p3", "salarisstrook 2026"]) expect(await found(employee, text), text).toBe(1)
    for (const text of ["april", "jaaropgave", "2025", "loonstrook april", "", "  --"]) expect(await found(employee, text), text).toBe(0)
  })

  test("the employer finds them by the name of the employee, core surname or whole", async () => {
    expect(await found(employer, "vries")).toBeGreaterThan(0)
    expect(await found(employer, "de vries loonstrook maart")).toBeGreaterThan(0)
    expect(await found(employer, "loonstrook")).toBe(24)
  })

  test("the jobs that will read them were left in the transaction that placed them", async () => {
    const { rows } = await owner.query<{ ids: string[] }>("select data -> 'fileIds' as ids from pgboss.job where name = 'read-text'")
    expect(rows.flatMap((row) => row.ids)).toHaveLength(25)
  })
})

describe("once their text is read", () => {
  beforeAll(async () => {
    for (let before = -1; before !== (await texts()); ) {
      before = (await texts()) ?? 0
      await readOlderTexts()
    }
  }, 60_000)

  test("every PDF has a row, and reading again changes nothing", async () => {
    expect(await texts()).toBe(25)
    const { rows } = await owner.query<{ id: string }>("select id from dossier_file")
    await readTexts({ fileIds: rows.map((row) => row.id) })
    expect(await texts()).toBe(25)
  })

  test("a file whose bytes are gone keeps no other of its job from being read, and is read when they are back", async () => {
    const { rows } = await owner.query<{ id: string; key: string; words: string }>(
      "select f.id, f.storage_key as key, t.words::text as words from dossier_file f join file_text t on t.file_id = f.id order by f.id limit 3",
    )
    const fileIds = rows.map(({ id }) => id)
    const wordsNow = async () => (await owner.query<{ words: string }>("select words::text as words from file_text where file_id = any ($1) order by file_id", [fileIds])).rows.map(({ words }) => words)
    const store = await storage()
    const lost = rows[1]?.key ?? ""
    const bytes = new Uint8Array(await new Response(await store.get(lost)).arrayBuffer())
    await store.remove(lost)
    await owner.query("delete from file_text where file_id = any ($1)", [fileIds])
    await expect(readTexts({ fileIds })).rejects.toThrow(StorageMissing)
    expect(await wordsNow()).toEqual([rows[0]?.words, rows[2]?.words])
    await store.put(lost, bytes)
    await readTexts({ fileIds })
    expect(await wordsNow()).toEqual(rows.map(({ words }) => words))
  })

  test("a word inside is found by its stem, with a snippet in which it is marked", async () => {
    const { files, total } = await searchFiles(employee, { text: "loonheffing", page: 1 })
    expect(total).toBe(1)
    const marked = files[0]?.snippet?.filter((part) => part.isMarked).map((part) => part.text.toLowerCase()) ?? []
    expect(marked.length).toBeGreaterThan(0)
    expect(marked.every((word) => word.startsWith("loonheffing"))).toBe(true)
  })

  test("no amount and no BSN can be found, and a snippet has none", async () => {
    const { files } = await searchFiles(office, { text: "loonheffing", page: 1 })
    expect(files.length).toBeGreaterThan(5)
    const said = files.flatMap((file) => file.snippet ?? []).map((part) => part.text).join("")
    expect(said).not.toMatch(/\d{5}|\d[.,]\d\d/)
    expect(await found(employee, "999967216")).toBe(0)
  })

  test("what is kept holds no word and no number of the file", async () => {
    const { rows } = await owner.query<{ words: string; sealed: Buffer }>("select words::text as words, sealed from file_text")
    expect(rows.every((row) => /^('[0-9a-f]{10}' ?)+$/.test(row.words))).toBe(true)
    expect(rows.some((row) => /loon|vries/i.test(row.sealed.toString("latin1")))).toBe(false)
  })

  test("nobody finds what is out of sight: not another office, not a colleague", async () => {
    expect(await found(stranger, "loonheffing")).toBe(0)
    expect(await found(stranger, "loonstrook")).toBe(0)
    expect(await found(employee, "journaalpost")).toBe(0)
  })

  test("an own file is found by its name as long as it is in sight: not before it is shared, after that is stopped, nor in the bin", async () => {
    const fileId = await placeOwn(employee, employerId, "Zwemdiploma.pdf")
    const counts = () => Promise.all([employee, employer, office, stranger].map((viewer) => found(viewer, "zwemdiploma")))
    expect(await counts()).toEqual([1, 0, 0, 0])
    await shareFiles(employee, { fileIds: [fileId], receiverIds: [employerId], lastDay: null }, new Date())
    expect(await counts()).toEqual([1, 1, 0, 0])
    const [share] = (await viewSharing(employee, { fileId })).shares
    await endShare(employee, { fileId, shareId: share?.id ?? "" })
    expect(await counts()).toEqual([1, 0, 0, 0])
    await binFiles(employee, { fileIds: [fileId] })
    expect(await counts()).toEqual([0, 0, 0, 0])
  })

  test("the office finds no more once it no longer works for the employer", async () => {
    expect(await found(office, "loonheffing")).toBeGreaterThan(5)
    await owner.query("begin")
    await owner.query("update engagement set ended_at = now()")
    await owner.query("commit")
    expect(await found(office, "loonheffing")).toBe(0)
    await owner.query("update engagement set ended_at = null")
  })

  test("pages are 25 long, and the last has what is left", async () => {
    const [first, second] = await Promise.all([1, 2].map((page) => searchFiles({ ...employer }, { text: "maart", page })))
    expect([first?.files.length, first?.pages, first?.total]).toEqual([25, 1, 25])
    expect(second?.files).toEqual([])
  })

  test("what is destroyed with the file is its text as well", async () => {
    await asSystem("operate", async (tx) => {
      const file = await tx.dossierFile.findFirstOrThrow({ where: { kind: "journal-entry" }, select: { id: true } })
      await tx.grant.deleteMany({ where: { fileId: file.id } })
      await tx.dossierFile.delete({ where: { id: file.id } })
    })
    expect(await texts()).toBe(24)
  })
})
