import { asSystem, asSystemOnce } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { seal, unseal } from "#platform/secrets.ts"
import { apiLimits } from "#policy/api-limits.ts"
import { Conflict, Invalid } from "#policy/errors.ts"
import { deleteRequest, deleteRequestsBefore, holdRequest, insertRequest, updateRequest, type RequestRow } from "./request-repository.ts"

/** A request as its sender names it: a key, and the Idempotency-Key. */
export type NamedRequest = { keyId: string; name: string }

/** To be done now, making whatever it makes under `plannedId`; or answered before. */
export type Begun = { plannedId: string } | { status: number; answer: string; fingerprint: Uint8Array | null }

/**
 * Begins a request that names itself (draft-ietf-httpapi-idempotency-key-header). `fingerprint` is of what it asks, null for a form, of which it is known
 * afterwards only. The same again after an answer gives that answer, for a day. Conflict "idempotency-running" while the first is still being done, Invalid
 * "idempotency-reused" for something else under the same name. One that died is done again, under the id that was planned for it.
 */
export async function beginRequest(request: NamedRequest, fingerprint: Uint8Array<ArrayBuffer> | null, now: Date): Promise<Begun> {
  const runningUntil = new Date(now.getTime() + apiLimits.lease)
  return asSystem("api-key", async (tx) => {
    const plannedId = newId()
    const begin = () => insertRequest(tx, { ...request, plannedId, fingerprint, runningUntil, createdAt: now })
    if (await begin()) return { plannedId }
    const known = await holdRequest(tx, request)
    if (!known || now.getTime() - known.createdAt.getTime() > apiLimits.remembered) {
      await deleteRequest(tx, request, { unanswered: false })
      if (await begin()) return { plannedId }
      throw new Conflict("idempotency-running")
    }
    assertSame(known.fingerprint, fingerprint)
    if (known.status !== null) return { status: known.status, answer: openAnswer(request, known), fingerprint: known.fingerprint }
    if (known.runningUntil > now) throw new Conflict("idempotency-running")
    await updateRequest(tx, request, { runningUntil, fingerprint })
    return { plannedId: known.plannedId }
  })
}

/** Invalid "idempotency-reused" when both fingerprints are known and differ. */
export function assertSame(known: Uint8Array | null, now: Uint8Array | null): void {
  if (known && now && !Buffer.from(known).equals(now)) throw new Invalid("idempotency-reused")
}

/** Says that a request is still being done. */
export async function keepRunning(request: NamedRequest, now: Date): Promise<void> {
  await updateRequest(asSystemOnce("api-key"), request, { runningUntil: new Date(now.getTime() + apiLimits.lease) })
}

/** Keeps the answer of a request that was done, sealed, with the fingerprint of what it asked. */
export async function keepAnswer(request: NamedRequest, { answer, ...kept }: { fingerprint: Uint8Array<ArrayBuffer>; status: number; answer: string }): Promise<void> {
  await updateRequest(asSystemOnce("api-key"), request, { ...kept, answerSealed: seal("api-answer", new TextEncoder().encode(answer), placeOf(request)) })
}

function openAnswer(request: NamedRequest, { answer, answerSealed }: Pick<RequestRow, "answer" | "answerSealed">): string {
  return answerSealed ? unseal("api-answer", answerSealed, placeOf(request)).toString() : (answer ?? "")
}

const placeOf = ({ keyId, name }: NamedRequest) => `${keyId}/${name}`

/** Forgets a request that was refused: nothing happened, so it may be tried again under the same name. */
export async function forgetRequest(request: NamedRequest): Promise<void> {
  await deleteRequest(asSystemOnce("api-key"), request, { unanswered: true })
}

/** Forgets requests of more than a day ago; returns how many. */
export async function sweepRequests(now: Date): Promise<number> {
  return deleteRequestsBefore(asSystemOnce("sweep"), new Date(now.getTime() - apiLimits.remembered))
}
