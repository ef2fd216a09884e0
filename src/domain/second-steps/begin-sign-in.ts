import type { Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { hashSecret, newSecret } from "#platform/secrets.ts"
import { pendingLimits } from "#policy/second-step-rules.ts"
import type { PartyKind } from "#policy/viewer.ts"
import { beginSession } from "../sessions/begin-session.ts"
import { insertPending } from "./pending-repository.ts"
import { findSecondSteps } from "./second-step-repository.ts"

/** How far signing in came: inside, with the secret of a session, or waiting for the second step, with the secret of that. Each goes into a cookie of its own. */
export type Entered = { session: string } | { pending: string }

/** Goes on after a right password or a one-time link: a session, or for who has a second step a sign-in that waits ten minutes for it and opens nothing (ASVS 6.4.3). */
export async function beginSignIn(tx: Transaction, who: { accountId: string; partyId: string; kind: PartyKind; device: string | null }, now: Date): Promise<Entered> {
  const steps = await findSecondSteps(tx, who.accountId)
  if (!steps?.hasCodeApp && !steps?.passkeys) return { session: await beginSession(tx, who, now) }
  const pending = newSecret()
  const { accountId, partyId, device } = who
  const expiresAt = new Date(now.getTime() + pendingLimits.lifetime)
  const row = { id: newId(), accountId, partyId, device: device?.slice(0, 200) ?? null, triesLeft: pendingLimits.tries }
  await insertPending(tx, { ...row, secretHash: hashSecret(pending), createdAt: now, expiresAt })
  return { pending }
}
