import { spawn } from "node:child_process"
import { once } from "node:events"
import { cpus } from "node:os"
import { join } from "node:path"

console.log(`Side by side, rounds in turn, medians with (minimum-maximum); CPU of every process that serves a request, the database's included.`)
console.log(`${cpus().length} x ${cpus()[0]?.model ?? "unknown"}, Node ${process.version}`)

for (const part of ["pages", "month", "splitting", "sign-ins", "mails", "backups", "own-backup", "lists"]) await inOwnProcess(part)
process.exit(0)

async function inOwnProcess(part: string): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "part.ts"), part], { stdio: "inherit" })
  const [code] = await once(child, "exit")
  if (code !== 0) throw new Error(`The part ${part} stopped`)
}
