import { encode } from "next-auth/jwt"
import pg from "pg"
import { signIn } from "#domain/accounts/sign-in.ts"
import { sendTogether } from "#domain/deliveries/send-together.ts"
import { stageDelivery } from "#domain/deliveries/stage-delivery.ts"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import { keyFor } from "#platform/secrets.ts"
import type { Viewer } from "#policy/viewer.ts"
import { goodPassword, makeOffice, sessionOf } from "../../tests/support/house.ts"
import type { TestPortal } from "../../tests/support/portal.ts"
import { at } from "./load.ts"
import { prepareFloor } from "./month-floor.ts"
import { makeMonth, type ClientOfMonth } from "./month-world.ts"
import { cpuMilliseconds, memoryOf, postgresOf } from "./processes.ts"
import { printTable, spread } from "./report.ts"

/** How many clients of how many people an office sends the month of, and in how many rounds; each round is held against the bare machine at once. */
export type MonthSize = { clients: number; each: number; rounds: number }

/**
 * Prints how fast an office's month goes through the portal: for each client one PDF with a payslip of 60 kB for each of its people is dropped, split by the worker, staged, and all
 * of them are sent together. Against writing and flushing the same bytes as as many files, and the same rows by COPY. A page of the office is asked ten times a second meanwhile.
 */
export async function measureMonth(portal: TestPortal, { clients, each, rounds }: MonthSize): Promise<void> {
  const office = await makeOffice()
  const month = await makeMonth(office, portal.databaseUrl, clients, each)
  const headers = await signedIn(office, portal)
  const owner = new pg.Client({ connectionString: portal.databaseUrl })
  await owner.connect()
  const perRound = Math.ceil(clients / rounds)
  const floor = await prepareFloor(owner, portal.data)
  const rows: Record<string, string>[] = []
  const work: Record<string, string>[] = []
  const ratios: Record<"whole" | "sending", number[]> = { whole: [], sending: [] }
  for (let round = 0; round < rounds; round += 1) {
    const some = month.slice(round * perRound, (round + 1) * perRound)
    const watch = watchPortal(portal, `${portal.url}/kantoor/werkgevers`, headers)
    const spent = workOf(portal)
    const { deliveryIds, read, staged, seconds } = await sendMonth(office, some, { portal, headers, owner, spent }).catch(async (error: unknown) => {
      await Promise.all([watch.stop().catch(() => undefined), owner.end()])
      throw error
    })
    const { p50, p99, web, worker } = await watch.stop()
    const payslips = some.length * each
    const quiet = performance.now()
    await until(owner, "select not exists (select from pgboss.job where name in ('send-mail', 'read-text') and state in ('created', 'retry', 'active')) as done")
    const after = (performance.now() - quiet) / 1000
    spent.note("mails and texts")
    const bare = await floor(deliveryIds)
    ratios.whole.push(bare / seconds)
    ratios.sending.push(bare / (seconds - read))
    rows.push({
      round: String(round + 1), payslips: String(payslips), "read s": read.toFixed(1), "staged s": staged.toFixed(1), "sent s": seconds.toFixed(1), "payslips/s": (payslips / seconds).toFixed(0),
      "bare s": bare.toFixed(1), "bare/s": (payslips / bare).toFixed(0), ratio: (bare / seconds).toFixed(2), "ratio from Zet klaar": (bare / (seconds - read)).toFixed(2), "page p50 ms": p50.toFixed(0),
      "page p99 ms": p99.toFixed(0), "web MB": web.toFixed(0), "worker MB": worker.toFixed(0), "mails and texts after s": after.toFixed(1),
    })
    work.push({ round: String(round + 1), ...spent.perPayslip(payslips) })
  }
  await owner.end()
  console.log(`\nA month of ${clients} clients of ${each} people, payslips of 60 kB: from the first byte to everything sent`)
  console.log("Promised: at least a third of the rate of writing, flushing and COPYing the same; memory flat; pages under 500 ms at the 99th percentile.\n")
  printTable(rows)
  console.log(`\n  ratio from the first byte ${spread(ratios.whole)}, from "Zet klaar" ${spread(ratios.sending)}`)
  console.log("\nProcessor time per payslip in ms, by what was being done and by whom (web answers the watching page too)\n")
  printTable(work)
}

/** The processor time that each process took since the last note. */
function workOf(portal: TestPortal) {
  const pids = { web: portal.pidOf("web") ?? 0, worker: portal.pidOf("worker") ?? 0, postgres: postgresOf(portal.data) }
  const spentBy = () => Object.entries(pids).map(([name, pid]): [string, number] => [name, cpuMilliseconds([pid])])
  const notes: [string, number][] = []
  let before = new Map(spentBy())
  return {
    note: (what: string) => {
      const now = new Map(spentBy())
      for (const [name, spent] of now) notes.push([`${what}: ${name}`, spent - (before.get(name) ?? 0)])
      before = now
    },
    perPayslip: (payslips: number) => Object.fromEntries(notes.map(([what, spent]) => [what, (spent / payslips).toFixed(2)])),
  }
}

type Sending = { portal: TestPortal; headers: Record<string, string>; owner: pg.Client; spent: ReturnType<typeof workOf> }
type Sent = { deliveryIds: string[]; read: number; staged: number; seconds: number }

async function sendMonth(office: Viewer, clients: readonly ClientOfMonth[], { portal, headers, owner, spent }: Sending): Promise<Sent> {
  const started = performance.now()
  const deliveryIds: string[] = []
  for (const { employerId, bytes } of clients) {
    const { deliveryId } = await startDelivery(office, { employerId }, new Date())
    deliveryIds.push(deliveryId)
    const answer = await fetch(`${portal.url}/api/deliveries/${deliveryId}/uploads`, {
      method: "POST",
      headers: { ...headers, "X-File-Name": "loonstroken.pdf", "Content-Type": "application/pdf" },
      body: new Blob([new Uint8Array(bytes)]),
    })
    if (answer.status !== 201) throw new Error(`The upload answered ${answer.status}`)
  }
  await until(owner, "select not exists (select from delivery_upload where state = 'received' and delivery_id = any ($1)) as done", [deliveryIds])
  const read = (performance.now() - started) / 1000
  spent.note("read")
  for (const deliveryId of deliveryIds) await stageDelivery(office, { deliveryId }, new Date())
  const staged = (performance.now() - started) / 1000
  const { refused } = await sendTogether(office, { deliveryIds })
  if (refused > 0) throw new Error(`${refused} deliveries were refused`)
  await until(owner, "select not exists (select from delivery where state <> 'sent' and id = any ($1)) as done", [deliveryIds])
  const seconds = (performance.now() - started) / 1000
  spent.note("sent")
  return { deliveryIds, read, staged, seconds }
}

async function signedIn({ username }: Viewer, portal: TestPortal): Promise<Record<string, string>> {
  const sid = sessionOf(await signIn({ username, password: goodPassword, device: "bench" }, new Date()))
  const secret = keyFor("cookie", portal.environment["MASTER_KEY"] ?? "").toString("base64url")
  return { cookie: `sessie=${await encode({ token: { sid }, secret, salt: "sessie" })}`, origin: portal.url }
}

/** Asks a page every 100 ms, whether or not the one before came, and keeps how long each took and the most memory that was held. */
function watchPortal(portal: TestPortal, url: string, headers: Record<string, string>) {
  const asked: Promise<number>[] = []
  let [web, worker] = [0, 0]
  const ask = async () => {
    const from = performance.now()
    const answer = await fetch(url, { headers })
    await answer.text()
    if (answer.status !== 200) throw new Error(`The page answered ${answer.status}`)
    return performance.now() - from
  }
  const timer = setInterval(() => {
    asked.push(ask())
    web = Math.max(web, memoryOf(portal.pidOf("web") ?? 0).now)
    worker = Math.max(worker, memoryOf(portal.pidOf("worker") ?? 0).now)
  }, 100)
  return {
    stop: async () => {
      clearInterval(timer)
      const times = (await Promise.all(asked)).sort((a, b) => a - b)
      return { p50: at(times, 0.5), p99: at(times, 0.99), web, worker }
    },
  }
}

async function until(owner: pg.Client, question: string, values: unknown[] = []): Promise<void> {
  for (;;) {
    const { rows } = await owner.query<{ done: boolean }>(question, values)
    if (rows[0]?.done) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
