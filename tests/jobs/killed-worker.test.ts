import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { simpleParser } from "mailparser"
import pg from "pg"
import { SMTPServer } from "smtp-server"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { receiveUpload } from "#domain/deliveries/receive-upload.ts"
import { sendDelivery, stageDelivery } from "#domain/deliveries/stage-delivery.ts"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import { viewDelivery } from "#domain/deliveries/view-delivery.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { useDatabase } from "../support/database.ts"
import { bringInBakers, makeClient, makeOffice, sample, today } from "../support/house.ts"
import { counts } from "../support/rows.ts"

const database = useDatabase()
const mails: { to: string; messageId: string }[] = []
let hold: (() => Promise<void>) | null = null
let worker: ChildProcess | undefined

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onData(stream, session, done) {
    simpleParser(stream).then(async (mail) => {
      await hold?.()
      mails.push({ to: session.envelope.rcptTo[0]?.address ?? "", messageId: mail.messageId ?? "" })
      done()
    }, done)
  },
})

beforeAll(async () => {
  server.listen(0, "127.0.0.1")
  await once(server.server, "listening")
  process.env["SMTP_URL"] = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
})

afterAll(async () => {
  await kill()
  await new Promise<void>((resolve) => server.close(resolve))
  await closeQueue()
  await closeDatabase()
})

function start(): void {
  worker = spawn(process.execPath, ["--no-warnings", "src/jobs/main.ts"], { env: { ...process.env, LOG_LEVEL: "silent" }, stdio: "inherit" })
}

async function kill(): Promise<void> {
  if (!worker || worker.exitCode !== null) return
  const gone = once(worker, "exit")
  worker.kill("SIGKILL")
  await gone
  worker = undefined
}

const eventually = (check: () => Promise<void> | void) => vi.waitFor(check, { timeout: 90_000, interval: 100 })

/** A connection of the owner's that holds a lock until it is let go: whoever needs the table waits in the middle of its transaction. */
async function lock(table: string): Promise<() => Promise<void>> {
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await owner.query(`begin; lock table ${table} in exclusive mode`)
  return async () => {
    await owner.query("rollback")
    await owner.end()
  }
}

async function somebodyWaits(): Promise<void> {
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  try {
    await eventually(async () => {
      const { rows } = await owner.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
      expect(rows.length).toBeGreaterThan(0)
    })
  } finally {
    await owner.end()
  }
}

test("a worker killed while it reads, while it delivers and while it mails leaves every document, file and mail once", { timeout: 300_000 }, async () => {
  const office = await makeOffice()
  const employerId = await makeClient(office)
  await bringInBakers(office, employerId)
  const { deliveryId } = await startDelivery(office, { employerId }, today)
  for (const name of ["loonstroken-maart-2026.pdf", "serie-overzichten-maart-2026.pdf"]) {
    await receiveUpload(office, { deliveryId, name, stream: new Blob([new Uint8Array(await sample("maart", name))]).stream() })
  }

  const letRead = await lock("delivery_item")
  start()
  await somebodyWaits()
  await kill()
  await letRead()
  expect(await counts()).toMatchObject({ items: 0, uploads: 2 })
  start()
  await eventually(async () => {
    const { uploads } = await viewDelivery(office, { deliveryId })
    expect(uploads.map((upload) => upload.state)).toEqual(["read", "read"])
  })
  expect((await viewDelivery(office, { deliveryId })).items).toHaveLength(25)

  await stageDelivery(office, { deliveryId }, today)
  const before = await counts()
  const letDeliver = await lock("mail")
  await sendDelivery(office, { deliveryId })
  await somebodyWaits()
  await kill()
  await letDeliver()
  expect(await counts()).toEqual(before)
  expect((await viewDelivery(office, { deliveryId })).delivery.state).toBe("sending")

  let arrived = 0
  const { promise: stopped, resolve: letMail } = Promise.withResolvers<void>()
  hold = () => (++arrived > 10 ? stopped : Promise.resolve())
  start()
  await eventually(() => expect(arrived).toBeGreaterThan(10))
  await kill()
  hold = null
  letMail()
  start()
  await eventually(async () => {
    expect(await asSystem("operate", (tx) => tx.mail.count({ where: { state: "sent" } }))).toBe(25)
  })

  const after = await counts()
  expect(after.files - before.files).toBe(25)
  // The overview is for employer, office, and who sees overviews alone.
  expect(after.grants - before.grants).toBe(24 * 3 + 3)
  expect(after.mails - before.mails).toBe(25)
  expect(new Set(mails.map((mail) => mail.to)).size).toBe(25)
  expect(new Set(mails.map((mail) => mail.messageId)).size).toBe(25)
})
