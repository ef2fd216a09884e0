import { apiLimits } from "#policy/api-limits.ts"
import { Invalid } from "#policy/errors.ts"
import { tooLarge } from "./api-form.ts"
import { invalid } from "./api-operation.ts"
import { ApiRefusal } from "./api-problem.ts"

/** The parameters of an address, each at most once. */
export function queryOf(url: URL): Record<string, string> {
  const names = [...new Set(url.searchParams.keys())]
  const twice = names.filter((name) => url.searchParams.getAll(name).length > 1)
  if (twice.length > 0) throw invalid(twice.map((name) => ({ field: name.slice(0, 60), issue: "twice" })))
  const query = Object.fromEntries(url.searchParams)
  if (holdsUnkept(query)) throw invalid([{ field: "query", issue: unkept }])
  return query
}

/** The name that a request gives itself. 400 without one: what is not named could be done twice. */
export function requestName(headers: Headers): string {
  const name = headers.get("idempotency-key")?.replace(/^"(.*)"$/, "$1")
  if (name === undefined || !/^[\x21-\x7e]{1,200}$/.test(name)) throw new ApiRefusal(400, "idempotency-key-missing")
  return name
}

/** The JSON that was sent, as text and as a value; an operation without a body takes none. */
export async function jsonOf(request: Request, isExpected: boolean): Promise<{ text: string; value: unknown }> {
  const none = { text: "", value: undefined }
  if (request.method === "GET" || request.method === "HEAD" || !request.body) return none
  if (Number(request.headers.get("content-length") ?? 0) > apiLimits.jsonBytes) throw tooLarge()
  const bytes = await bytesOf(request.body)
  if (bytes.length === 0) return none
  if (!isExpected) throw new ApiRefusal(400, "body-not-expected")
  if (!/^application\/json(?:\s*;|$)/i.test(request.headers.get("content-type") ?? "")) throw new ApiRefusal(415, "json-expected")
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes)
    const value: unknown = JSON.parse(text)
    if (holdsUnkept(value)) throw invalid([{ field: "/", issue: unkept }])
    return { text, value }
  } catch (error) {
    throw error instanceof ApiRefusal ? error : new ApiRefusal(400, "json-broken")
  }
}

async function bytesOf(body: ReadableStream<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  let size = 0
  const reader = body.getReader()
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new Invalid("upload-broken-off")
    })
    if (done) return Buffer.concat(pieces)
    size += value.length
    if (size > apiLimits.jsonBytes) throw tooLarge()
    pieces.push(value)
  }
}

const unkept = "a zero character, or half of one"

/** What the database does not take: a zero character, and half of a surrogate pair. JSON nests as deep as it likes, so this does not call itself. */
function holdsUnkept(value: unknown): boolean {
  const waiting = [value]
  while (waiting.length > 0) {
    const one = waiting.pop()
    if (typeof one === "string" && (one.includes("\0") || !one.isWellFormed())) return true
    if (typeof one === "object" && one !== null) waiting.push(...Object.keys(one), ...Object.values(one))
  }
  return false
}
