import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { createServer } from "node:http"
import { join } from "node:path"
import { firstFreePort } from "../portal/ports.ts"
import { until } from "../portal/processes.ts"

const root = join(import.meta.dirname, "../..")
const next = join(root, "node_modules/next/dist/bin/next")
const bare = join(root, "scripts/bench/bare")

export type Server = { url: string; pid: number; stop: () => void }

/** The bare Next, built with the version the portal has, on a free port. */
export async function startBareNext(): Promise<Server> {
  const environment = { ...process.env, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1" }
  const [code] = await once(spawn(process.execPath, [next, "build", bare], { env: environment, stdio: "ignore" }), "exit")
  if (code !== 0) throw new Error("The bare Next was not built")
  const port = await firstFreePort(34_000)
  const child = spawn(process.execPath, [next, "start", bare, "-p", String(port), "-H", "localhost"], { env: environment, stdio: "ignore" })
  return answering(child, `http://localhost:${port}`)
}

/** Plain Node that serves the same bytes: what is left to win. It runs this very file in a process of its own. */
export async function startPlainNode(): Promise<Server> {
  const port = await firstFreePort(34_500)
  const child = spawn(process.execPath, [import.meta.filename, String(port)], { stdio: "ignore" })
  return answering(child, `http://localhost:${port}`)
}

async function answering(child: ChildProcess, url: string): Promise<Server> {
  const isUp = await until(() => fetch(url).then((answer) => answer.ok, () => false), 30_000)
  if (!isUp || !child.pid) throw new Error(`Nothing answers at ${url}`)
  return { url, pid: child.pid, stop: () => child.kill() }
}

if (process.argv[1] === import.meta.filename) {
  const bytes = new Uint8Array(60_000).fill(65)
  const headers = { "Content-Type": "application/pdf", "Content-Length": String(bytes.length) }
  createServer((_request, response) => response.writeHead(200, headers).end(bytes)).listen(Number(process.argv[2]), "localhost")
}
