import pg from "pg"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { binFiles, restoreFiles } from "#domain/sharing/bin-files.ts"
import { endShare } from "#domain/sharing/end-share.ts"
import { shareFiles } from "#domain/sharing/share-files.ts"
import { insertShares } from "#domain/sharing/share-repository.ts"
import { viewSharing } from "#domain/sharing/view-sharing.ts"
import { asSystem, asViewer, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { makeHouse, placeOwn, type House } from "./people.ts"

const database = useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

let house: House
const now = new Date()
beforeAll(async () => {
  house = await makeHouse()
}, 60_000)

/** Does `work` while the bin is swept: it begins when the file is about to go, and goes on when that is done. */
async function whileSwept(fileId: string, work: () => Promise<unknown>): Promise<unknown> {
  const [sweep, watcher] = [new pg.Client({ connectionString: database.ownerUrl }), new pg.Client({ connectionString: database.ownerUrl })]
  await Promise.all([sweep.connect(), watcher.connect()])
  await sweep.query("begin")
  for (const from of ["file_read where file_id", "file_grant where file_id", "dossier_file where id"]) await sweep.query(`delete from ${from} = $1`, [fileId])
  const working = Promise.allSettled([work()])
  await vi.waitFor(async () => {
    const { rowCount } = await watcher.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
    expect(rowCount).toBe(1)
  }, 60_000)
  await sweep.query("commit")
  await Promise.all([sweep.end(), watcher.end()])
  const [done] = await working
  return done.status === "rejected" ? done.reason : done.value
}

const share = (viewer: Viewer, fileId: string, receiverId: string) => shareFiles(viewer, { fileIds: [fileId], receiverIds: [receiverId], lastDay: null }, now)

/** Lets all of `works` begin, in this order, while somebody else holds the file, and go on at once when each of them waits. */
async function atOnce(fileId: string, works: readonly (() => Promise<unknown>)[]): Promise<PromiseSettledResult<unknown>[]> {
  const [holder, watcher] = [new pg.Client({ connectionString: database.ownerUrl }), new pg.Client({ connectionString: database.ownerUrl })]
  await Promise.all([holder.connect(), watcher.connect()])
  const waiting = (count: number) => vi.waitFor(async () => {
    const { rows } = await watcher.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
    expect(rows.length).toBeGreaterThanOrEqual(count)
  }, 60_000)
  await holder.query("begin")
  await holder.query("select from dossier_file where id = $1 for no key update", [fileId])
  const running = Promise.allSettled(works.map(async (work, index) => {
    await waiting(index)
    return work()
  }))
  await waiting(works.length)
  await holder.query("rollback")
  await Promise.all([holder.end(), running])
  await watcher.end()
  return running
}

/** Grants that still count although what they came from does not. */
const orphans = () => asSystem("operate", (tx) => tx.$queryRaw<unknown[]>`
  select from file_grant c join file_grant p on p.id = c.parent_id where c.ended_at is null and p.ended_at is not null`)
const live = (fileId: string) => asSystem("operate", (tx) => tx.grant.count({ where: { fileId, endedAt: null, asleepAt: null, reason: { not: "placed" } } }))

test.each(["ending first", "sharing on first"])("of ending a share and sharing on from it at the same moment, %s, nothing is left that lives on", async (order) => {
  const { employee, employer, engagementId } = house
  const fileId = await placeOwn(employee, employer.partyId)
  await share(employee, fileId, employer.partyId)
  const shareId = (await viewSharing(employee, { fileId })).shares[0]?.id ?? ""
  const works = [() => endShare(employee, { fileId, shareId }), () => share(employer, fileId, engagementId)]
  await atOnce(fileId, order === "ending first" ? works : works.toReversed())
  expect(await orphans()).toEqual([])
  expect(await live(fileId)).toBe(0)
})

test("tabs that share, share on and end at once leave no share of what was ended", { timeout: 60_000 }, async () => {
  const { employee, employer, engagementId } = house
  const fileId = await placeOwn(employee, employer.partyId)
  const turn = async () => {
    await share(employee, fileId, employer.partyId)
    const shares = (await viewSharing(employee, { fileId })).shares
    await Promise.allSettled([share(employer, fileId, engagementId), ...shares.map((one) => endShare(employee, { fileId, shareId: one.id }))])
  }
  await Promise.all(Array.from({ length: 25 }, turn))
  expect(await orphans()).toEqual([])
  const twice = await asSystem("operate", (tx) => tx.$queryRaw<unknown[]>`
    select from file_grant where file_id = ${fileId}::uuid and ended_at is null group by audience_id, reason having count(*) > 1`)
  expect(twice).toEqual([])
})

test("two tabs that share the same at once give one share", async () => {
  const { employee, employer } = house
  const fileId = await placeOwn(employee, employer.partyId)
  const tab = () => share(employee, fileId, employer.partyId)
  expect(await atOnce(fileId, [tab, tab])).toMatchObject([{ status: "fulfilled", value: { added: 1 } }, { status: "fulfilled", value: { added: 0 } }])
  expect(await live(fileId)).toBe(1)
})

test("a tab that began first and shares last gives no second share, which would outlive the end of the one", async () => {
  const { employee, employer } = house
  const fileId = await placeOwn(employee, employer.partyId)
  await asViewer(employee, async (tx) => {
    await share(employee, fileId, employer.partyId)
    expect(await insertShares(tx, [fileId], [employer.partyId], null)).toEqual([{ fileId, added: 0 }])
  })
  const [first] = (await viewSharing(employee, { fileId })).shares
  await endShare(employee, { fileId, shareId: first?.id ?? "" })
  expect(await live(fileId)).toBe(0)
})

test("a file that goes to the bin while it is shared on is seen by nobody, and comes back without what never was", async () => {
  const { employee, employer, engagementId } = house
  const fileId = await placeOwn(employee, employer.partyId)
  await share(employee, fileId, employer.partyId)
  const [, shared] = await atOnce(fileId, [() => binFiles(employee, { fileIds: [fileId] }), () => share(employer, fileId, engagementId)])
  expect(shared?.status).toBe("rejected")
  expect(await live(fileId)).toBe(0)
  await restoreFiles(employee, { fileIds: [fileId] })
  expect(await live(fileId)).toBe(1)
})

test("a file that goes for good at the moment it is put back is not said to be back", async () => {
  const { employee, employer } = house
  const fileId = await placeOwn(employee, employer.partyId)
  await binFiles(employee, { fileIds: [fileId] })
  expect(await whileSwept(fileId, () => restoreFiles(employee, { fileIds: [fileId] }))).toMatchObject({ code: "not-found" })
})

test("two tabs that put the same file back at once both have it back", async () => {
  const { employee, employer } = house
  const fileId = await placeOwn(employee, employer.partyId)
  await binFiles(employee, { fileIds: [fileId] })
  const tab = () => restoreFiles(employee, { fileIds: [fileId] })
  expect((await atOnce(fileId, [tab, tab])).map((one) => one.status)).toEqual(["fulfilled", "fulfilled"])
})
