import { expect } from "vitest"
import { z } from "zod"
import type { Operation } from "#auth/api-operation.ts"
import { makeKey } from "#domain/api-keys/make-key.ts"
import { API_SCOPES, apiScopes, type ApiScope } from "#policy/api-scopes.ts"
import type { Viewer } from "#policy/viewer.ts"
import { operations } from "../../src/app/api/v1/operations.ts"
import { problem } from "../../src/app/api/v1/openapi.ts"

export type ApiAnswer = { status: number; headers: Headers; body: unknown }

/** `named` is the Idempotency-Key; a POST gets a new one where it is not told. */
export type ApiSent = { json?: unknown; form?: FormData; bytes?: Uint8Array; named?: string; headers?: Record<string, string> }

export type ApiCall = (line: string, sent?: ApiSent) => Promise<ApiAnswer>

/** A key of this owner, with every scope that it can have unless told. */
export async function keyOf(owner: Viewer, { clients = null, scopes = scopesOf(clients), days = null, now = new Date() }: { scopes?: readonly ApiScope[]; clients?: string[] | null; days?: number | null; now?: Date } = {}): Promise<string> {
  return (await makeKey(owner, { name: "Salarispakket", scopes, clients, days }, now)).secret
}

const scopesOf = (clients: readonly string[] | null) => API_SCOPES.filter((scope) => clients === null || !apiScopes[scope].ofAll)

/** Asks the API with a key ("GET /employers"), through whatever answers requests, and holds every answer against the table of operations. */
export function callerWith(answering: (request: Request) => Promise<Response>, secret: string | null, address = "http://localhost:3000"): ApiCall {
  return async (line, { json, form, bytes, named, headers = {} } = {}) => {
    const [method = "", path = ""] = line.split(" ")
    const sent = new Headers(headers)
    if (secret !== null) sent.set("authorization", `Bearer ${secret}`)
    if (method === "POST") sent.set("idempotency-key", named ?? crypto.randomUUID())
    if (json !== undefined) sent.set("content-type", "application/json")
    const body = form ?? (bytes ? new Uint8Array(bytes) : null) ?? (json === undefined ? null : JSON.stringify(json))
    const answer = await answering(new Request(`${address}/api/v1${path}`, { method, headers: sent, body }))
    const text = await answer.text()
    const isJson = /json/.test(answer.headers.get("content-type") ?? "")
    const read: unknown = isJson && text !== "" ? JSON.parse(text) : text
    assertFits(method, path, answer, read)
    return { status: answer.status, headers: answer.headers, body: read }
  }
}

/** Every answer fits what the table promises of it: the operation's own, or a problem with a sentence of its own. */
function assertFits(method: string, path: string, answer: Response, body: unknown): void {
  expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/)
  if (answer.status >= 400) {
    expect(answer.headers.get("content-type")).toBe("application/problem+json")
    if (method === "HEAD") return
    expect(problem.strict().safeParse(body).error?.issues ?? []).toEqual([])
    return
  }
  const found = operationAt(method, path)
  expect(answer.status).toBe(found?.status)
  if (found?.answer instanceof z.ZodType) expect(found.answer.safeParse(body).error?.issues ?? []).toEqual([])
}

function operationAt(method: string, path: string): Operation | undefined {
  const bare = path.split("?")[0] ?? ""
  return operations.find((one) => one.method === method && new RegExp(`^${one.path.replace(/\{\w+\}/g, "[^/]+")}$`).test(bare))
}

/** The id of the first of a list in an answer, or of the answer itself. */
export function idOf(body: unknown, list?: string): string {
  const held = z.record(z.string(), z.unknown()).parse(body)
  const [first] = list === undefined ? [held] : z.array(z.record(z.string(), z.unknown())).parse(held[list])
  return z.string().parse(first?.["id"])
}
