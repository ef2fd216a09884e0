import type { Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { hashSecret, newSecret } from "#platform/secrets.ts"
import { sessionLimits } from "#policy/session-limits.ts"
import type { PartyKind } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { insertSession } from "./session-repository.ts"

/** Begins a session for an account acting for one party, and returns the secret for the cookie. Only its hash is kept. */
export async function beginSession(
  tx: Transaction,
  who: { accountId: string; partyId: string; kind: PartyKind; device: string | null },
  now: Date,
): Promise<string> {
  const secret = newSecret()
  const { accountId, partyId, kind, device } = who
  const expiresAt = new Date(now.getTime() + sessionLimits[kind].absolute)
  const id = newId()
  await insertSession(tx, { id, accountId, partyId, secretHash: hashSecret(secret), device: device?.slice(0, 200) ?? null, expiresAt, createdAt: now })
  await recordEvents(tx, [{ chainId: accountId, kind: "account.signed-in", accountId, partyId, subjectId: id }])
  return secret
}
