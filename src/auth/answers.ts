import { randomUUID } from "node:crypto"
import { log } from "#platform/log.ts"
import { Refusal } from "#policy/errors.ts"
import { sentenceFor } from "./sentence.ts"

/** A refusal as the user reads it: a status, a stable code, and a sentence in the user's language. */
export type Answer = { status: number; code: string; sentence: string; field: string | null; details: Readonly<Record<string, string | number>> }

/** Refusals for which HTTP has a status of its own (RFC 9110, RFC 4918), and those that the operator reads about in the log. */
const special: Readonly<Record<string, { status: number; logAs?: "error" | "info" }>> = {
  "tus-version": { status: 412 },
  "upload-content": { status: 415 },
  "upload-too-large": { status: 413 },
  "upload-broken-off": { status: 400, logAs: "info" },
  "scan-unavailable": { status: 503, logAs: "error" },
  "storage-full": { status: 507, logAs: "error" },
}

/** Maps what was thrown to an answer, once for every door; in the words of `say`. What is not one of the five refusals is a bug: it is logged, and the answer has its reference. */
export async function answerTo(error: unknown, say = sentenceFor): Promise<Answer> {
  if (error instanceof Refusal) {
    const { code, details } = error
    const { status = error.status, logAs } = special[code] ?? {}
    if (logAs) log()[logAs]({ code, cause: error.cause }, "refused")
    const field = typeof details["field"] === "string" ? details["field"] : null
    return { status, code, details, field, sentence: await say(code, details) }
  }
  const reference = randomUUID().slice(0, 8)
  log().error({ err: error, reference }, "unexpected")
  return { status: 500, code: "unexpected", details: { reference }, field: null, sentence: await say("unexpected", { reference }) }
}
