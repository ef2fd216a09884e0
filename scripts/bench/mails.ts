import { spawn } from "node:child_process"
import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { SMTPServer } from "smtp-server"
import { queueMails } from "#domain/mails/queue-mails.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { cookieFor } from "../../tests/support/cast.ts"
import { makeClient, makeOffice, viewerFor } from "../../tests/support/house.ts"
import { startPortal } from "../../tests/support/portal.ts"
import { at, sendMany } from "./load.ts"
import { printTable } from "./report.ts"

const root = join(import.meta.dirname, "../..")
const many = Number(process.env["MAILS"] ?? 100_000)
const atOnce = 5000

/**
 * Queues a hundred thousand mails, has two workers send them to a mail server that only counts, kills one of them on the way, and asks the page of mails all the
 * while: how many a second, how long the page takes, and how many left twice (as the same mail).
 */
export async function measureMails(): Promise<void> {
  const accepted = new Map<string, number>()
  const sink = await startSink((id) => accepted.set(id, (accepted.get(id) ?? 0) + 1))
  const portal = await startPortal({ environment: { SMTP_URL: sink.url } })
  const second = spawn(process.execPath, ["--no-warnings", join(root, "src/jobs/main.ts")], { cwd: root, env: { ...process.env, ...portal.environment, LOG_LEVEL: "silent" }, stdio: "ignore" })
  try {
    Object.assign(process.env, portal.environment, { LOG_LEVEL: "error" })
    const office = await makeOffice()
    const { accountId, partyId } = await viewerFor("employer", await makeClient(office))
    const page = { name: "page of mails", url: `${portal.url}/kantoor/mails`, headers: { cookie: await cookieFor(office) }, processes: [] }
    const quiet = await sendMany(page, 100)
    const started = performance.now()
    for (let from = 0; from < many; from += atOnce) {
      const mails = Array.from({ length: Math.min(atOnce, many - from) }, (_one, n) => ({ kind: "reminder" as const, accountId, partyId, toAddress: `lezer${from + n}@voorbeeld.test` }))
      await asSystem("demo", (tx) => queueMails(tx, mails, new Date()))
    }
    const queued = performance.now()
    const times: number[] = []
    let isKilled = false
    while (accepted.size < many) {
      times.push(...(await sendMany(page, 8)))
      if (!isKilled && accepted.size > many / 3) isKilled = second.kill("SIGKILL")
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    const seconds = (performance.now() - queued) / 1000
    times.sort((a, b) => a - b)
    const twice = [...accepted.values()].filter((count) => count > 1).length
    console.log(`\n${many.toLocaleString("en")} mails, two workers of which one is killed after a third\n`)
    printTable([{ "queued in s": ((queued - started) / 1000).toFixed(1), "sent in s": seconds.toFixed(0), "mails a second": (many / seconds).toFixed(0), "left twice": String(twice), "page p50 ms (quiet)": `${at(times, 0.5).toFixed(0)} (${at(quiet, 0.5).toFixed(0)})`, "page p99 ms (quiet)": `${at(times, 0.99).toFixed(0)} (${at(quiet, 0.99).toFixed(0)})` }])
    console.log("\nPromised: each leaves; twice only what a killed worker had in hand (twenty at most), as the same mail.")
  } finally {
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
