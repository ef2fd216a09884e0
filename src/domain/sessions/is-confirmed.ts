import { asSystemOnce } from "#platform/database.ts"
import { confirmedFor } from "#policy/session-limits.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findConfirmedAt } from "./session-repository.ts"

/** Whether the viewer lately proved to be the holder of the account: what changes how one gets in asks for that. */
export async function isConfirmed({ sessionId }: Pick<Viewer, "sessionId">, now: Date): Promise<boolean> {
  const confirmedAt = await findConfirmedAt(asSystemOnce("sign-in"), sessionId)
  return confirmedAt !== null && now.getTime() - confirmedAt.getTime() <= confirmedFor
}
