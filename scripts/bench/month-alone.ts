import { randomBytes } from "node:crypto"
import { chmod, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { deliver } from "#domain/deliveries/deliver.ts"
import { readUpload } from "#domain/deliveries/read-upload.ts"
import { receiveUpload } from "#domain/deliveries/receive-upload.ts"
import { sendDelivery, stageDelivery } from "#domain/deliveries/stage-delivery.ts"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import { readTexts } from "#domain/search/read-texts.ts"
import type { Viewer } from "#policy/viewer.ts"
import { makeOffice } from "../../tests/support/house.ts"
import { migrate } from "../../src/platform/migrate.ts"
import { startPostgres } from "../portal/postgres.ts"
import { makeMonth, type ClientOfMonth } from "./month-world.ts"
import { cpuMilliseconds, memoryOf, postgresOf } from "./processes.ts"
import { printTable, spread } from "./report.ts"

/**
 * Prints what each step of a month takes of the processor per payslip: in this process, its threads among it, and in the database. One client after the other,
 * with nothing beside it: no pages, no queue, no mail server. The first client warms everything up and does not count.
 */
export async function measureMonthAlone(clients: number, each: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "loondossier-month-"))
  await chmod(folder, 0o711)
  const postgres = await startPostgres(join(folder, "postgres"), randomBytes(18).toString("base64url"), 57_321)
  try {
    const masterKey = randomBytes(32).toString("base64")
    await migrate(postgres.url, masterKey)
    Object.assign(process.env, { DATABASE_URL: postgres.url, MASTER_KEY: masterKey, SMTP_URL: "smtp://127.0.0.1:9", LOG_LEVEL: "silent", STORAGE: `folder:${join(folder, "files")}` })
    const office = await makeOffice()
    const month = await makeMonth(office, postgres.url, clients + 1, each)
    const spent = new Map<string, { own: number; database: number }[]>()
    for (const client of month) await sendAlone(office, client, postgres.url, timed(folder, each, spent))
    console.log(`\nA month by itself, ${clients} clients of ${each} people: processor time per payslip in ms, medians with (minimum-maximum); memory at most ${memoryOf(process.pid).peak.toFixed(0)} MB\n`)
    printTable([...spent].map(([step, [, ...times]]) => ({ step, "here": spread(times.map(({ own }) => own)), database: spread(times.map(({ database }) => database)) })))
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

type Timed = <T>(step: string, work: () => Promise<T>) => Promise<T>

function timed(folder: string, each: number, spent: Map<string, { own: number; database: number }[]>): Timed {
  const postgres = postgresOf(folder)
  return async (step, work) => {
    const before = { own: process.cpuUsage(), database: cpuMilliseconds([postgres]) }
    const result = await work()
    const { user, system } = process.cpuUsage(before.own)
    const times = spent.get(step) ?? []
    times.push({ own: (user + system) / 1000 / each, database: (cpuMilliseconds([postgres]) - before.database) / each })
    spent.set(step, times)
    return result
  }
}

async function sendAlone(office: Viewer, { employerId, bytes }: ClientOfMonth, databaseUrl: string, step: Timed): Promise<void> {
  const { deliveryId } = await startDelivery(office, { employerId }, new Date())
  const { uploadId } = await step("received", () => receiveUpload(office, { deliveryId, name: "loonstroken.pdf", stream: new Blob([new Uint8Array(bytes)]).stream() }))
  await step("read, split and kept", () => readUpload({ uploadId }))
  await step("staged", () => stageDelivery(office, { deliveryId }, new Date()))
  await step("let go", () => sendDelivery(office, { deliveryId }))
  await step("sent", () => deliver({ deliveryId }, new Date()))
  const fileIds = await filesOf(databaseUrl, deliveryId)
  await step("read for search, later", async () => {
    for (let from = 0; from < fileIds.length; from += 20) await readTexts({ fileIds: fileIds.slice(from, from + 20) })
  })
}

async function filesOf(databaseUrl: string, deliveryId: string): Promise<string[]> {
  const owner = new pg.Client({ connectionString: databaseUrl })
  await owner.connect()
  const { rows } = await owner.query<{ id: string }>("select id from dossier_file where delivery_id = $1", [deliveryId])
  await owner.end()
  return rows.map(({ id }) => id)
}
