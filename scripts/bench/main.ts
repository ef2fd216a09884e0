import { spawn } from "node:child_process"
import { once } from "node:events"
import { cpus } from "node:os"
import { join } from "node:path"
import { startPortal, type TestPortal } from "../../tests/support/portal.ts"
import { measureLists } from "./lists.ts"
import { interleave } from "./load.ts"
import { postgresOf } from "./processes.ts"
import { printComparison } from "./report.ts"
import { startBareNext, startPlainNode } from "./servers.ts"
import { fillWorld, signInEmployee } from "./world.ts"

const rounds = Number(process.env["ROUNDS"] ?? 7)
const many = Number(process.env["FILES"] ?? 2_000_000)

console.log(`Side by side, ${rounds} rounds in turn, medians with (minimum-maximum); CPU of every process that serves a request, the database's included.`)
console.log(`${cpus().length} x ${cpus()[0]?.model ?? "unknown"}, Node ${process.version}`)

if (process.argv[2] === "mails") {
  const { measureMails } = await import("./mails.ts")
  await measureMails()
  process.exit(0)
}

const small = await startPortal()
const large = await startPortal()
const bare = await startBareNext()
const plain = await startPlainNode()
try {
  Object.assign(process.env, small.environment, { LOG_LEVEL: "error" })
  const { makeHouse } = await import("./house.ts")
  const house = await makeHouse(small)
  const page = (portal: TestPortal, cookie: string, name: string) => ({ name, url: `${portal.url}/werknemer/dossier`, headers: { cookie }, processes: processesOf(portal) })

  printComparison(
    "A dossier page, server-rendered",
    await interleave(
      [
        { name: "bare Next page", url: bare.url, processes: [bare.pid] },
        page(small, house.thirteen.cookie, "dossier page, 13 files"),
        page(small, house.fifty.cookie, "dossier page, 50 files"),
      ],
      rounds,
      300,
    ),
    "Promised: at most 2 times the bare page.",
  )

  printComparison(
    "A payslip of 60 kB, downloaded",
    await interleave(
      [
        { name: "bare Next handler", url: `${bare.url}/bytes`, processes: [bare.pid] },
        { name: "portal: checked, decrypted, streamed", url: `${small.url}/api/files/${house.fileId}?how=download`, headers: { cookie: house.fifty.cookie }, processes: processesOf(small) },
        { name: "plain Node", url: plain.url, processes: [plain.pid] },
      ],
      rounds,
      400,
    ),
    "Promised: at most 3 times the bare handler; plain Node is the next limit to go after.",
  )
  const { measureParts } = await import("./parts.ts")
  await measureParts(house.secret, house.viewer, house.fileId, postgresOf(small.data))

  const { manyPages, measureSplitting } = await import("./payslips.ts")
  await measureSplitting(1000, await house.splitting(await manyPages(1000), small))

  const { measureZip } = await import("./zip.ts")
  await measureZip(small)

  await fillWorld(small.databaseUrl, 2000)
  await fillWorld(large.databaseUrl, many)
  const few = await signInEmployee(small.databaseUrl, small.environment["MASTER_KEY"] ?? "")
  const lots = await signInEmployee(large.databaseUrl, large.environment["MASTER_KEY"] ?? "")
  printComparison(
    `A dossier page with ${many.toLocaleString("en")} files in the database against one with 2,000`,
    await interleave([page(small, few.cookie, "2,000 files"), page(large, lots.cookie, `${many.toLocaleString("en")} files`)], rounds, 300),
    "Promised: at most 1.2 times.",
  )
} finally {
  bare.stop()
  plain.stop()
  await Promise.all([small.stop(), large.stop()])
}
for (const part of ["month", "splitting", "sign-ins", "backups", "own-backup"]) await inOwnProcess(part)
await measureLists(many)
process.exit(0)

async function inOwnProcess(part: string): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "part.ts"), part], { stdio: "inherit" })
  const [code] = await once(child, "exit")
  if (code !== 0) throw new Error(`The part ${part} stopped`)
}

/** The web process and the database server, with all that came from them. */
function processesOf(portal: TestPortal): number[] {
  return [portal.pidOf("web") ?? 0, postgresOf(portal.data)]
}
