import { checkKey, type KeyHolder } from "#domain/api-keys/check-key.ts"
import { keyPrefix } from "#domain/api-keys/make-key.ts"
import { assertSame, beginRequest, forgetRequest, keepAnswer, keepRunning, type NamedRequest } from "#domain/api-keys/remember-request.ts"
import { now as clock } from "#platform/clock.ts"
import { env } from "#platform/env.ts"
import { newId } from "#platform/ids.ts"
import { apiLimits } from "#policy/api-limits.ts"
import type { ApiScope } from "#policy/api-scopes.ts"
import { NotFound, Refusal } from "#policy/errors.ts"
import { fingerprintOf, formOf, readThrough, type SentForm } from "./api-form.ts"
import { jsonOf, queryOf, requestName } from "./api-input.ts"
import type { Operation } from "./api-operation.ts"
import { ApiRefusal, OfFile, problemOf, Reported } from "./api-problem.ts"

/** Where the API stands. */
export const apiRoot = "/api/v1"

const forEveryAnswer = { "Cache-Control": "private, no-store", Vary: "Authorization, Accept-Language" }

/**
 * The door of the REST API: a key in the Authorization header and never a cookie, one of these operations, a scope that allows it, and input that fits. A POST
 * names itself (Idempotency-Key) and is done once; what begins an upload by tus need not. Refusals are problems (RFC 9457); every answer carries X-Request-Id.
 */
export function apiFor(operations: readonly Operation[]): (request: Request) => Promise<Response> {
  return async (request) => {
    const requestId = newId()
    const now = clock()
    const answer = await answerFor(operations, request, now).catch((error: unknown) => problemOf(error, request.headers, requestId))
    for (const [name, value] of Object.entries({ ...forEveryAnswer, "X-Request-Id": requestId })) answer.headers.set(name, value)
    if (request.headers.has("tus-resumable")) answer.headers.set("Tus-Resumable", "1.0.0")
    if (answer.status === 401 || answer.status === 413) answer.headers.set("Connection", "close")
    return answer
  }
}

async function answerFor(operations: readonly Operation[], request: Request, now: Date): Promise<Response> {
  const url = new URL(request.url)
  const { viewer, scopes } = await holderOf(request, url, now)
  const { found, params } = match(operations, request.method, url.pathname)
  const needs = (scope: ApiScope) => {
    if (!scopes.includes(scope)) throw new ApiRefusal(403, "scope-missing", { details: { scope } })
  }
  needs(found.scope)
  const query = queryOf(url)
  const isForm = found.form !== null && /^multipart\/form-data/i.test(request.headers.get("content-type") ?? "")
  if (found.form && !found.body && !isForm) throw new ApiRefusal(415, "form-expected")
  const form = isForm ? formOf(request) : null
  const json = form || found.tus ? { text: "", value: undefined } : await jsonOf(request, found.body !== null)
  const call = (plannedId: string, name: string | null = null) =>
    found.call(viewer, { params, query, body: json.value }, { now, plannedId, name, form: form?.entries ?? null, request, needs })
  if (request.method !== "POST" || found.tus || query["dryRun"] === "true") return call(newId())
  const named = { keyId: viewer.accountId, name: requestName(request.headers) }
  return once(named, `${request.method} ${url.pathname}${url.search}`, form ?? json.text, now, (plannedId) => call(plannedId, named.name))
}

/** Who asks. A key in the address is refused whatever else comes with it: addresses are kept in logs. */
async function holderOf(request: Request, url: URL, now: Date): Promise<KeyHolder> {
  if (url.search.includes(keyPrefix)) throw new ApiRefusal(400, "key-in-address")
  const secret = /^Bearer +(\S{1,200})$/i.exec(request.headers.get("authorization") ?? "")?.[1]
  const challenge = { "WWW-Authenticate": `Bearer realm="Mijn LoonDossier"${secret === undefined ? "" : ', error="invalid_token"'}` }
  if (secret === undefined) throw new ApiRefusal(401, "key-missing", { headers: challenge })
  const holder = await checkKey(secret, now)
  if (!holder) throw new ApiRefusal(401, "key-refused", { headers: challenge })
  return holder
}

/** The operation that is asked, with the ids in its path. Not found where there is no such path; 405 with what there is where the method is another. */
function match(operations: readonly Operation[], method: string, pathname: string): { found: Operation; params: Record<string, string> } {
  const asked = pathname.slice(apiRoot.length)
  const here = operations.flatMap((one) => {
    const pattern = new RegExp(`^${one.path.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}/?$`)
    const matched = pattern.exec(asked)
    return matched ? [{ found: one, params: { ...matched.groups } }] : []
  })
  if (here.length === 0) throw new NotFound()
  const one = here.find(({ found }) => found.method === method) ?? here.find(({ found }) => method === "HEAD" && found.method === "GET")
  if (!one) throw new ApiRefusal(405, "method-not-allowed", { headers: { Allow: here.map(({ found }) => found.method).join(", ") } })
  return one
}

/**
 * Does a request that names itself once: the first answer is kept, and given again for the same. While it is being done that is said every few seconds; a
 * refusal is forgotten, because nothing happened; after anything unexpected nobody knows, so it stays named until its time is over and is then done again under the same id.
 */
async function once(named: NamedRequest, line: string, sent: SentForm | string, now: Date, call: (plannedId: string) => Promise<Response>): Promise<Response> {
  const isText = typeof sent === "string"
  const begun = await beginRequest(named, isText ? fingerprintOf(line, sent) : null, now)
  if ("status" in begun) {
    if (!isText) assertSame(begun.fingerprint, fingerprintOf(line, await readThrough(sent)))
    return replay(begun.status, begun.answer, true)
  }
  const beat = setInterval(() => void keepRunning(named, clock()).catch(() => undefined), apiLimits.lease / 3)
  try {
    const answer = await call(begun.plannedId).catch(async (error: unknown) => {
      if (nothingHappened(error)) await forgetRequest(named)
      if (!isText) void sent.drop().catch(() => undefined)
      throw error
    })
    const text = await answer.text()
    await keepAnswer(named, { fingerprint: fingerprintOf(line, isText ? sent : sent.fingerprint()), status: answer.status, answer: text })
    return replay(answer.status, text, false)
  } finally {
    clearInterval(beat)
  }
}

/** A refusal; not when it says that something was done, or is being done, under this very name. */
function nothingHappened(thrown: unknown): boolean {
  const error = thrown instanceof OfFile ? thrown.error : thrown
  if (error instanceof Refusal) return !error.code.startsWith("idempotency-")
  return error instanceof ApiRefusal || error instanceof Reported
}

function replay(status: number, text: string, isAgain: boolean): Response {
  const headers = { ...(text === "" ? {} : { "Content-Type": "application/json" }), ...(isAgain ? { "Idempotent-Replayed": "true" } : {}) }
  return new Response(text === "" ? null : text, { status, headers })
}

/** The address under which programs find the API. */
export function publicAddress(): string {
  return env().PUBLIC_URL
}
