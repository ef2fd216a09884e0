import { spawn } from "node:child_process"
import { once } from "node:events"
import pg from "pg"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { receiveUpload } from "#domain/deliveries/receive-upload.ts"
import { sendDelivery, stageDelivery } from "#domain/deliveries/stage-delivery.ts"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import { viewDelivery } from "#domain/deliveries/view-delivery.ts"
import { closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { storage } from "#platform/storage.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../support/database.ts"
import { makeClient, makeOffice, sample, startWith, today } from "../support/house.ts"

const database = useDatabase()
let owner: pg.Client
let worker: ReturnType<typeof spawn>
let office: Viewer
let employerId: string

beforeAll(async () => {
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  office = await makeOffice()
  employerId = await makeClient(office)
})

afterAll(async () => {
  worker.kill("SIGKILL")
  await once(worker, "exit")
  await owner.end()
  await closeQueue()
  await closeDatabase()
})

test("what fails at every try does not stay busy for ever: a file is refused, a delivery can be sent again", { timeout: 120_000 }, async () => {
  const reading = await startDelivery(office, { employerId }, today)
  const bytes = await sample("maart", "serie-overzichten-maart-2026.pdf")
  await receiveUpload(office, { ...reading, name: "weg.pdf", stream: new Blob([new Uint8Array(bytes)]).stream() })
  for await (const { key } of (await storage()).list("files/")) await (await storage()).remove(key)

  const sending = await startWith(office, employerId, "maart", ["serie-overzichten-maart-2026.pdf"])
  await stageDelivery(office, { deliveryId: sending }, today)
  await sendDelivery(office, { deliveryId: sending })
  await owner.query("revoke insert on dossier_file from portal_system")
  await owner.query("update pgboss.job set retry_limit = 0")

  worker = spawn(process.execPath, ["--no-warnings", "src/jobs/main.ts"], { env: { ...process.env, LOG_LEVEL: "silent" }, stdio: "inherit" })
  const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 60_000, interval: 200 })
  await eventually(async () => {
    expect((await viewDelivery(office, reading)).uploads).toMatchObject([{ state: "refused", refusal: "reading-failed" }])
    expect((await viewDelivery(office, { deliveryId: sending })).delivery.state).toBe("staged")
  })

  await owner.query("grant insert on dossier_file to portal_system")
  await sendDelivery(office, { deliveryId: sending })
  await eventually(async () => expect((await viewDelivery(office, { deliveryId: sending })).delivery.state).toBe("sent"))
})
