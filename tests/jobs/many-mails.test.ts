import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { SMTPServer } from "smtp-server"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { queueMails } from "#domain/mails/queue-mails.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { useDatabase } from "../support/database.ts"
import { makeSelfRunning, today } from "../support/house.ts"

useDatabase()
const many = 3000
/** How many a worker has in hand at once (jobs/main.ts): no more can be in doubt when it is killed. */
const inHand = 20
const accepted = new Map<string, number[]>()
const workers: ChildProcess[] = []

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onData(stream, _session, done) {
    let text = ""
    stream.on("data", (piece: Buffer) => (text += piece.toString("latin1")))
    stream.on("end", () => {
      const id = /^Message-ID:\s*(\S+)/im.exec(text)?.[1] ?? ""
      accepted.set(id, [...(accepted.get(id) ?? []), performance.now()])
      done()
    })
  },
})
// A worker that is killed lets go of its lines in the middle.
server.on("error", () => undefined)

beforeAll(async () => {
  server.listen(0, "127.0.0.1")
  await once(server.server, "listening")
  const address: AddressInfo | string | null = server.server.address()
  process.env["SMTP_URL"] = `smtp://127.0.0.1:${typeof address === "object" ? address?.port : 0}`
})

afterAll(async () => {
  await Promise.all(workers.map(kill))
  await new Promise<void>((resolve) => server.close(resolve))
  await closeQueue()
  await closeDatabase()
})

function start(): ChildProcess {
  const worker = spawn(process.execPath, ["--no-warnings", "src/jobs/main.ts"], { env: { ...process.env, LOG_LEVEL: "silent" }, stdio: "inherit" })
  workers.push(worker)
  return worker
}

async function kill(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return
  const gone = once(worker, "exit")
  worker.kill("SIGKILL")
  await gone
}

const eventually = (check: () => Promise<void> | void) => vi.waitFor(check, { timeout: 240_000, interval: 200 })

test("three thousand mails, two workers and one of them killed: each mail leaves once, or twice as the same mail where the last answer was lost", { timeout: 480_000 }, async () => {
  const { accountId, partyId } = await makeSelfRunning("999990056L01")
  const mails = Array.from({ length: many }, (_, n) => ({ kind: "reminder" as const, accountId, partyId, toAddress: `lezer${n}@voorbeeld.test` }))
  await asSystem("operate", (tx) => queueMails(tx, mails, today))
  const [first, _second] = [start(), start()]
  await eventually(() => expect(accepted.size).toBeGreaterThan(many / 3))
  await kill(first)
  const killedAt = performance.now()
  const before = accepted.size
  await eventually(async () => expect(await asSystem("operate", (tx) => tx.mail.count({ where: { state: "sent" } }))).toBe(many))
  expect(before).toBeLessThan(many)
  expect(accepted.size).toBe(many)
  const twice = [...accepted.values()].filter((times) => times.length > 1)
  expect(twice.length).toBeLessThanOrEqual(inHand)
  expect(twice.filter((times) => times.length > 2 || (times[0] ?? 0) > killedAt)).toEqual([])
})
