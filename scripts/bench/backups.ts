import { createCipheriv, createHash } from "node:crypto"
import { createReadStream, createWriteStream } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pipeline } from "node:stream/promises"
import { setTimeout as pause } from "node:timers/promises"
import pg from "pg"
import { queueChecks } from "#domain/package-backups/check-backups.ts"
import { newHome, startLoon } from "../../tests/clients/loon/sink.ts"
import { keyOf } from "../../tests/support/api.ts"
import { makeClient, makeOffice } from "../../tests/support/house.ts"
import { startPortal, type TestPortal } from "../../tests/support/portal.ts"
import { forgetPeak, memoryOf } from "./processes.ts"
import { printTable } from "./report.ts"

type World = { portal: TestPortal; owner: pg.Client; employerId: string; key: string; folder: string; home: string }
type Peaks = Record<"web" | "worker" | "loon", number>
/** What one back-up took: seconds of each step, and the most memory that each process held meanwhile, in MB. */
type Round = { seconds: Record<"count" | "send" | "read" | "fetch" | "check", number>; sending: Peaks; fetching: Peaks; checking: Peaks }

const warmUp = 48 * 1_048_576
const often = 20

/**
 * A back-up of so many MiB, made of bytes that do not get smaller, goes in with `loon backup`, is read by the portal, comes back with `loon herstel` and is read once
 * more by the weekly check. Prints how fast each step went, and how much more memory it took than the same with 48 MiB.
 */
export async function measureBackups(mebibytes: number): Promise<void> {
  const portal = await startPortal()
  const folder = await mkdtemp(join(tmpdir(), "back-ups-"))
  const owner = new pg.Client({ connectionString: portal.databaseUrl })
  try {
    Object.assign(process.env, portal.environment, { LOG_LEVEL: "error" })
    await owner.connect()
    const office = await makeOffice()
    const world = { portal, owner, folder, home: newHome(), employerId: await makeClient(office), key: await keyOf(office) }
    for (const part of ["web", "worker"] as const) forgetPeak(portal.pidOf(part) ?? 0)
    await goRound(world, "klein.lda", warmUp)
    const small = await goRound(world, "klein-weer.lda", warmUp)
    const large = await goRound(world, "groot.lda", mebibytes * 1_048_576, (step) => console.log(`${new Date().toISOString()} ${mebibytes} MiB: ${step}`))
    const speed = (step: keyof Round["seconds"]) => `${((mebibytes * 1.048576) / large.seconds[step]).toFixed(0)} MB/s, ${large.seconds[step].toFixed(1)} s`
    const grown = (step: "sending" | "fetching" | "checking") => Object.fromEntries((["web", "worker", "loon"] as const).map((part) => [`${part}: MB more at the peak`, large[step][part] ? (large[step][part] - small[step][part]).toFixed(0) : ""]))
    console.log(`\nA back-up of ${mebibytes} MiB by \`loon backup\` and \`loon herstel\`; what came back has the same SHA-256\nPromised: no process holds more than 64 MB more for it.\n`)
    printTable([
      { step: "loon counts the checksum", speed: speed("count"), ...grown("sending") },
      { step: "its bytes go in", speed: speed("send"), ...grown("sending") },
      { step: "the portal reads what it stored", speed: speed("read"), ...grown("sending") },
      { step: "loon brings it back", speed: speed("fetch"), ...grown("fetching") },
      { step: "the weekly check", speed: speed("check"), ...grown("checking") },
    ])
  } finally {
    await owner.end()
    await rm(folder, { recursive: true, force: true })
    await portal.stop()
  }
}

async function goRound(world: World, name: string, size: number, tell: (step: string) => void = () => undefined): Promise<Round> {
  const { owner, portal, employerId, folder } = world
  const [path, back] = [join(folder, name), join(folder, `${name}.terug`)]
  const sha256 = await writeNoise(path, size)
  const times: Record<string, number> = { started: performance.now() }
  tell("written; loon backup begins")
  const state = async () => {
    const { rows } = await owner.query<{ state: string }>("select state from package_backup where name = $1", [name])
    if (rows[0]) times[rows[0].state] ??= performance.now()
  }
  const sending = await runLoon(world, ["backup", employerId, path], state)
  await state()
  await rm(path)
  tell(`kept; most MB of memory: ${JSON.stringify(sending)}`)
  const fetchedFrom = performance.now()
  const fetching = await runLoon(world, ["herstel", employerId, "--laatste", back], async () => undefined)
  const fetched = performance.now()
  if ((await sumOf(back)) !== sha256) throw new Error("What came back is not what went in")
  await rm(back)
  tell(`back, with the same SHA-256; most MB of memory: ${JSON.stringify(fetching)}`)
  await owner.query("update package_backup set checked_at = now() - interval '7 days' where name = $1", [name])
  const checkedFrom = performance.now()
  await queueChecks(new Date())
  while ((await owner.query("select from package_backup where name = $1 and checked_at > now() - interval '1 day' and damaged_at is null", [name])).rowCount === 0) await pause(often)
  const between = (from: string, to: string) => ((times[to] ?? NaN) - (times[from] ?? NaN)) / 1000
  return {
    seconds: { count: between("started", "coming"), send: between("coming", "checking"), read: between("checking", "kept"), fetch: (fetched - fetchedFrom) / 1000, check: (performance.now() - checkedFrom) / 1000 },
    sending,
    fetching,
    checking: { ...partsOf(portal), loon: 0 },
  }
}

/** The most that the parts of the portal held since that was last asked. */
function partsOf(portal: TestPortal): { web: number; worker: number } {
  const peak = (part: "web" | "worker") => {
    const pid = portal.pidOf(part) ?? 0
    const { peak: most } = memoryOf(pid)
    forgetPeak(pid)
    return most
  }
  return { web: peak("web"), worker: peak("worker") }
}

async function runLoon({ portal, key, home }: World, args: readonly string[], meanwhile: () => Promise<void>): Promise<Peaks> {
  const { child, ended } = startLoon(args, { url: portal.url, key, home })
  let [most, isGone] = [0, false]
  const outcome = ended.finally(() => (isGone = true))
  while (!isGone) {
    if (child.exitCode === null && child.pid) most = Math.max(most, memoryOf(child.pid).peak)
    await meanwhile()
    await pause(often)
  }
  const { code, err } = await outcome
  if (code !== 0) throw new Error(`loon ${args[0]} ended with ${code}: ${err}`)
  return { ...partsOf(portal), loon: most }
}

/** Writes bytes that look like chance, and returns their SHA-256. */
async function writeNoise(path: string, size: number): Promise<string> {
  const cipher = createCipheriv("aes-256-ctr", Buffer.alloc(32, size % 251), Buffer.alloc(16))
  const hash = createHash("sha256")
  const zeros = Buffer.alloc(1_048_576)
  await pipeline(function* () {
    for (let at = 0; at < size; at += zeros.length) {
      const piece = cipher.update(zeros.subarray(0, Math.min(zeros.length, size - at)))
      hash.update(piece)
      yield piece
    }
  }, createWriteStream(path))
  return hash.digest("hex")
}

async function sumOf(path: string): Promise<string> {
  const hash = createHash("sha256")
  await pipeline(createReadStream(path), hash)
  return hash.digest("hex")
}
