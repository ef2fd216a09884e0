import { readFileSync } from "node:fs"
import { request } from "node:http"
import { join } from "node:path"
import { z } from "zod"

export type Answer = { status: number; headers: Readonly<Record<string, string | string[] | undefined>>; text: string }

type Knock = { method?: string; headers?: Readonly<Record<string, string>>; body?: Uint8Array }

/** One request, sent as it is told to: any header, no redirect followed, no address tidied. */
export function knock(url: string, path: string, { method = "GET", headers = {}, body }: Knock = {}): Promise<Answer> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, method, headers }, (answer) => {
      const pieces: Buffer[] = []
      answer.on("data", (piece: Buffer) => pieces.push(piece))
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(pieces).toString("latin1") }))
      answer.on("error", reject)
    })
    asked.on("error", reject)
    asked.end(body)
  })
}

/** The same page as the browser asks for it on a click or ahead of one. Next first sends such a request on to the address with its own hash. */
export async function knockAsBrowser(url: string, path: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  const first = await knock(url, path, { headers })
  const next = String(first.headers["location"] ?? "")
  return /[?&]_rsc(=|$)/.test(next) ? knock(url, next, { headers }) : first
}

const manifest = z.object({ node: z.record(z.string(), z.object({ exportedName: z.string(), filename: z.string(), workers: z.record(z.string(), z.unknown()) })) })

/** The actions of the build, by their file under src/app/ and name: the id one posts to, and the pages they stand on. */
export function builtActions(): Map<string, { id: string; pages: string[] }> {
  const path = join(import.meta.dirname, "../../.next/server/server-reference-manifest.json")
  const { node } = manifest.parse(JSON.parse(readFileSync(path, "utf8")))
  const pageOf = (worker: string) => worker.replace(/^app/, "").replace(/\/\([^)]*\)/g, "").replace(/\/page$/, "") || "/"
  return new Map(Object.entries(node).map(([id, { exportedName, filename, workers }]) => [
    `${filename.replace(/^src\/app\//, "")} ${exportedName}`,
    { id, pages: Object.keys(workers).map(pageOf) },
  ]))
}

type Entries = readonly (readonly [string, string | Blob])[]

/** A form posted to an action the way React does it in a browser: the fields, then the arguments, in which "$K1" is the form. */
export function actionForm(fields: Entries, given: readonly unknown[]): FormData {
  const form = new FormData()
  for (const [name, value] of fields) form.append(`_1_${name}`, value)
  form.append("0", JSON.stringify(given))
  return form
}

/** The same form as a browser without JavaScript posts it; `before` are the arguments that stand in the page. */
export function plainForm(id: string, fields: Entries, before: readonly unknown[]): FormData {
  const form = new FormData()
  if (before.length === 0) form.append(`$ACTION_ID_${id}`, "")
  else {
    form.append("$ACTION_REF_1", "")
    form.append("$ACTION_1:0", JSON.stringify({ id, bound: "$@1" }))
    form.append("$ACTION_1:1", JSON.stringify(before))
    form.append("$ACTION_KEY", "k0")
  }
  for (const [name, value] of fields) form.append(name, value)
  return form
}

/** The bytes of a form, and the header that goes with them. */
export async function encoded(form: FormData): Promise<{ body: Uint8Array; headers: Record<string, string> }> {
  const written = new Response(form)
  const body = new Uint8Array(await written.arrayBuffer())
  return { body, headers: { "Content-Type": written.headers.get("content-type") ?? "", "Content-Length": String(body.byteLength) } }
}

/** A click is answered with 200 whatever happens: where it leads stands inside. The address people type sends everybody on to where they begin. */
export function whatHappened({ status, headers, text }: Answer): string {
  const to = /NEXT_REDIRECT;\w+;([^;]*);/.exec(text)?.[1] ?? headers["location"]
  if (to !== undefined) return to === "/aanmelden" ? "to sign in" : /^\/(kantoor|werkgever|werknemer)$/.test(String(to)) ? "passed" : `to ${to}`
  if (status === 404 || text.includes("NEXT_HTTP_ERROR_FALLBACK;404")) return "not found"
  return status === 200 ? "passed" : String(status)
}

/** Whether an action answered with a refusal. */
export function isRefused(answer: Answer): boolean {
  return answer.text.includes('"status":"refused"')
}

/** One thing to try; resolves with what was wrong. */
export type Try = () => Promise<string[]>

/** Does all of them, a few at a time, and tells what was wrong. */
export async function inTurns(tries: readonly Try[]): Promise<string[]> {
  const waiting = [...tries]
  const wrong: string[] = []
  const turn = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) wrong.push(...(await next()))
  }
  await Promise.all([turn(), turn(), turn(), turn()])
  return wrong
}
