import { spawn } from "node:child_process"
import { once } from "node:events"
import { readFileSync } from "node:fs"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { SMTPServer } from "smtp-server"
import { queueMails } from "#domain/mails/queue-mails.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { cookieFor } from "../../tests/support/cast.ts"
import { makeClient, makeOffice, viewerFor } from "../../tests/support/house.ts"
import { startPortal } from "../../tests/support/portal.ts"
import { commandOf } from "../portal/processes.ts"
import { at, sendMany } from "./load.ts"
import { cpuMilliseconds } from "./processes.ts"
import { printTable } from "./report.ts"

const root = join(import.meta.dirname, "../..")
const many = Number(process.env["MAILS"] ?? 100_000)
const atOnce = 5000
const asked = 200

/**
 * Asks the page of mails while nothing waits, queues a hundred thousand mails while both workers stand still, asks it again, and lets the two send to a mail server
 * that only counts; one of them is killed on the way. How many a second, what one costs, how long the page takes, and how many left twice (as the same mail).
 */
export async function measureMails(): Promise<void> {
  const accepted = new Map<string, number>()
  const sink = await startSink((id) => accepted.set(id, (accepted.get(id) ?? 0) + 1))
  const portal = await startPortal({ environment: { SMTP_URL: sink.url } })
  const second = spawn(process.execPath, ["--no-warnings", join(root, "src/jobs/main.ts")], { cwd: root, env: { ...process.env, ...portal.environment, LOG_LEVEL: "silent" }, stdio: "ignore" })
  const workers = [portal.pidOf("worker") ?? 0, second.pid ?? 0]
  try {
    Object.assign(process.env, portal.environment, { LOG_LEVEL: "error" })
    const office = await makeOffice()
    const { accountId, partyId } = await viewerFor("employer", await makeClient(office))
    const page = { name: "page of mails", url: `${portal.url}/kantoor/mails`, headers: { cookie: await cookieFor(office) }, processes: [] }
    await sendMany(page, 100)
    const empty = await sendMany(page, asked)
    for (const pid of workers) process.kill(pid, "SIGSTOP")
    const started = performance.now()
    for (let from = 0; from < many; from += atOnce) {
      const mails = Array.from({ length: Math.min(atOnce, many - from) }, (_one, n) => ({ kind: "reminder" as const, accountId, partyId, toAddress: `lezer${from + n}@voorbeeld.test` }))
      await asSystem("demo", (tx) => queueMails(tx, mails, new Date()))
    }
    const queued = performance.now()
    const full = await sendMany(page, asked)
    const postgres = Number(readFileSync(join(portal.data, "postgres/postmaster.pid"), "utf8").split("\n")[0])
    const before = cpuMilliseconds([...workers, postgres])
    const sending = performance.now()
    for (const pid of workers) process.kill(pid, "SIGCONT")
    const times: number[] = []
    let isKilled = false
    let cost = 0
    while (accepted.size < many) {
      times.push(...(await sendMany(page, 1)))
      if (!isKilled && accepted.size > many / 3) {
        cost = (cpuMilliseconds([...workers, postgres]) - before) / accepted.size
        isKilled = second.kill("SIGKILL")
      }
      await new Promise((resolve) => setTimeout(resolve, 1000))
    }
    const seconds = (performance.now() - sending) / 1000
    times.sort((a, b) => a - b)
    const twice = [...accepted.values()].filter((count) => count > 1).length
    const shown = (sorted: readonly number[]) => `${at(sorted, 0.5).toFixed(0)} / ${at(sorted, 0.99).toFixed(0)}`
    console.log(`\n${many.toLocaleString("en")} mails, two workers of which one is killed after a third\n`)
    printTable([{ "queued in s": ((queued - started) / 1000).toFixed(1), "sent in s": seconds.toFixed(0), "mails a second": (many / seconds).toFixed(0), "CPU ms a mail": cost.toFixed(1), "left twice": String(twice) }])
    printTable([{ "page p50 / p99 ms": "", "nothing waits": shown(empty), "all wait": shown(full), "while they are sent": shown(times) }])
    console.log("\nPromised: each leaves; twice only what a killed worker had in hand (twenty at most), as the same mail; a page with all of them is no slower than one without.")
  } finally {
    for (const pid of workers) if (commandOf(pid)) process.kill(pid, "SIGCONT")
    second.kill("SIGKILL")
    await Promise.all([closeQueue(), closeDatabase()])
    await portal.stop()
    await sink.stop()
  }
}

/** A mail server that takes everything and tells the Message-ID of each. */
async function startSink(took: (id: string) => void): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, _session, done) {
      let head = ""
      stream.on("data", (piece: Buffer) => (head += head.length < 4000 ? piece.toString("latin1") : ""))
      stream.on("end", () => {
        took(/^Message-ID:\s*(\S+)/im.exec(head)?.[1] ?? "")
        done()
      })
    },
  })
  server.listen(0, "127.0.0.1")
  await once(server.server, "listening")
  const address: AddressInfo | string | null = server.server.address()
  return { url: `smtp://127.0.0.1:${typeof address === "object" ? address?.port : 0}`, stop: () => new Promise((resolve) => server.close(() => resolve())) }
}
