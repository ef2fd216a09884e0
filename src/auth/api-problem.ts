import { env } from "#platform/env.ts"
import { localeFor, type Locale } from "#messages/locale.ts"
import type { Refusal } from "#policy/errors.ts"
import { answerTo } from "./answers.ts"
import { sentenceIn } from "./sentence.ts"

/** Something about one field of a request: where it stands (RFC 6901, or the name of a query parameter), and why it cannot be used. */
export type FieldIssue = { field: string; issue: string }

type Extra = { details?: Readonly<Record<string, string | number>>; headers?: Readonly<Record<string, string>>; fields?: readonly FieldIssue[] }

/** A refusal of the domain, with what a sentence cannot tell. */
export class Reported extends Error {
  readonly refusal: Refusal
  readonly report: unknown
  constructor(refusal: Refusal, report: unknown) {
    super(refusal.code)
    this.name = "Reported"
    this.refusal = refusal
    this.report = report
  }
}

/** Which of several files it is about: its place among them from 1, and its name as it was sent. */
export type FileAt = { place: number; name: string | null }

/** Whatever was thrown over one of several files. The name goes to who sent it, and into no log. */
export class OfFile extends Error {
  readonly error: unknown
  readonly file: FileAt
  constructor(error: unknown, file: FileAt) {
    super("Of one file")
    this.name = "OfFile"
    this.error = error
    this.file = file
  }
}

/** What is refused for how it was asked, with a status of HTTP's own. */
export class ApiRefusal extends Error {
  readonly status: number
  readonly code: string
  readonly extra: Extra
  constructor(status: number, code: string, extra: Extra = {}) {
    super(code)
    this.name = "ApiRefusal"
    this.status = status
    this.code = code
    this.extra = extra
  }
}

/** English, and Dutch for who prefers it of the two. */
export function apiLocale(headers: Headers): Locale {
  const wanted = headers.get("accept-language") ?? ""
  return /\bnl\b/i.test(wanted) ? localeFor(undefined, wanted) : "en"
}

/** The problem (RFC 9457) that tells what was thrown: a status, a stable `code`, a sentence, and the request's own id. What nobody expected is logged with a reference. */
export async function problemOf(thrown: unknown, headers: Headers, requestId: string): Promise<Response> {
  const { error, file } = thrown instanceof OfFile ? thrown : { error: thrown, file: null }
  const locale = apiLocale(headers)
  const refused = error instanceof ApiRefusal ? error : null
  const answer = refused ? null : await answerTo(error instanceof Reported ? error.refusal : error, (code, details) => Promise.resolve(sentenceIn(locale, code, details)))
  const status = refused?.status ?? answer?.status ?? 500
  const code = refused?.code ?? answer?.code ?? "unexpected"
  const details = refused?.extra.details ?? answer?.details ?? {}
  const detail = answer?.sentence ?? sentenceIn(locale, code, details)
  const problem = {
    type: `${env().PUBLIC_URL}/api/v1#${code}`,
    title: titles[status] ?? "Refused",
    status,
    code,
    detail,
    requestId,
    ...(Object.keys(details).length > 0 ? { details } : {}),
    ...(refused?.extra.fields ? { fields: refused.extra.fields } : {}),
    ...(file ? { file } : {}),
    ...(error instanceof Reported ? { report: error.report } : {}),
  }
  const seconds = details["seconds"]
  return new Response(JSON.stringify(problem), {
    status,
    headers: {
      ...refused?.extra.headers,
      ...(status === 429 && seconds !== undefined ? { "Retry-After": String(seconds) } : {}),
      "Content-Type": "application/problem+json",
      "Content-Language": locale,
    },
  })
}

/** What a status is called (RFC 9110). */
const titles: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  412: "Precondition Failed",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  416: "Range Not Satisfiable",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
  507: "Insufficient Storage",
}
