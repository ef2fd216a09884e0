import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http"
import { spawn, type ChildProcess } from "node:child_process"
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** A key of the right form that nobody made. */
export const strangeKey = `ld_live_${"x".repeat(43)}`

const program = join(import.meta.dirname, "../../../clients/loon/loon.mjs")

export type Ended = { code: number | null; out: string; err: string }

/** A folder of one test for what the program keeps. */
export function newHome(): string {
  return mkdtempSync(join(tmpdir(), "loon-"))
}

/** Starts the program as a person does, in a process of its own. */
export function startLoon(args: readonly string[], { url, key, home = newHome(), input }: { url?: string; key?: string; home?: string; input?: string }): { child: ChildProcess; ended: Promise<Ended> } {
  const environment: NodeJS.ProcessEnv = { NODE_ENV: "production", PATH: process.env["PATH"] ?? "", HOME: home, ...(url === undefined ? {} : { LOON_URL: url }), ...(key === undefined ? {} : { LOON_KEY: key }) }
  const child = spawn(process.execPath, [program, ...args], { env: environment, stdio: "pipe" })
  child.stdin.on("error", () => undefined)
  child.stdin.end(input ?? "")
  let out = ""
  let err = ""
  child.stdout.on("data", (piece: Buffer) => (out += piece.toString()))
  child.stderr.on("data", (piece: Buffer) => (err += piece.toString()))
  return { child, ended: new Promise((resolve) => child.on("close", (code) => resolve({ code, out, err }))) }
}

/** Runs the program to its end. */
export async function loon(args: readonly string[], around: Parameters<typeof startLoon>[1] = {}): Promise<Ended> {
  return startLoon(args, around).ended
}

export const employerRow = { id: "01999999-0000-7000-8000-000000000001", number: "7", name: "Bakkerij De Korenmaat B.V.", wageTaxNumber: "999990020L01", periodKind: "month" }

export const deliveryRow = { id: "01999999-0000-7000-8000-000000000002", employerId: employerRow.id, state: "staged", createdAt: "2026-03-25T09:12:00.000Z", stagedAt: "2026-03-25T09:12:00.000Z", publishAt: null, sentAt: null, withdrawnAt: null, files: [], documents: [], sending: { ok: true, refusals: [] } }

export function answerJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": status < 400 ? "application/json" : "application/problem+json", ...headers }).end(JSON.stringify(body))
}

export function problem(code: string, detail: string) {
  return { type: "about:blank", title: "Refused", code, detail, requestId: "01999999-0000-7000-8000-000000000003" }
}

/** A server that says what a test lets it say; an outside system that goes wrong in a known way. */
export async function serve(listener: RequestListener): Promise<{ url: string; asked: string[]; stop: () => Promise<void> }> {
  const asked: string[] = []
  const server: Server = createServer((request: IncomingMessage, response) => {
    asked.push(`${request.method} ${request.url}`)
    listener(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve))
  const address = server.address()
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://localhost:${typeof address === "object" ? address?.port : 0}`, asked, stop }
}
