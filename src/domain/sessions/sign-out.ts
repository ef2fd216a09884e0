import { asSystem } from "#platform/database.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { endSessions } from "./session-repository.ts"

/** Ends the viewer's own session; its cookie opens nothing from then on. Twice is harmless. */
export async function signOut(viewer: Viewer, now: Date): Promise<void> {
  await asSystem("sign-in", async (tx) => {
    await endSessions(tx, { id: viewer.sessionId }, now)
    const { accountId, partyId, sessionId } = viewer
    await recordEvents(tx, [{ chainId: accountId, kind: "account.signed-out", accountId, partyId, subjectId: sessionId }])
  })
}
