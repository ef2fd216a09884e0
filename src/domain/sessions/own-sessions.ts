import { asSystem, readAsViewer } from "#platform/database.ts"
import { deviceName, type DeviceName } from "#policy/device-name.ts"
import { NotFound } from "#policy/errors.ts"
import { sessionLimits } from "#policy/session-limits.ts"
import type { Viewer } from "#policy/viewer.ts"
import { tellOfChange } from "../accounts/tell-of-change.ts"
import { recordEvents } from "../audit/record-event.ts"
import { endWaiting } from "../second-steps/end-waiting.ts"
import { endSessions, findSessions, isSessionOf } from "./session-repository.ts"

/** Somewhere the account is signed in: what browser that says it is, since when, and when it was last used. */
export type OwnSession = { id: string; device: DeviceName; createdAt: Date; lastSeenAt: Date; isThis: boolean }

const longestIdle = Math.max(...Object.values(sessionLimits).map(({ idle }) => idle))

/** Where the viewer's account is signed in, this session first (OWASP ASVS 7.5.2). One that lay unused longer than any may is left out. */
export async function listOwnSessions(viewer: Viewer, now: Date): Promise<OwnSession[]> {
  const found = await readAsViewer(viewer, (reader) => findSessions(reader, viewer.accountId, now))
  const live = found.filter(({ lastSeenAt }) => now.getTime() - lastSeenAt.getTime() <= longestIdle)
  const own = live.map(({ id, device, createdAt, lastSeenAt }) => ({ id, device: deviceName(device), createdAt, lastSeenAt, isThis: id === viewer.sessionId }))
  return own.toSorted((a, b) => Number(b.isThis) - Number(a.isThis))
}

/** Ends one session of the viewer's account: it is outside at its next click. NotFound for another's; twice is harmless. */
export async function endOwnSession(viewer: Viewer, input: { sessionId: string }, now: Date): Promise<void> {
  const { accountId, partyId } = viewer
  await asSystem("sign-in", async (tx) => {
    if (!(await isSessionOf(tx, input.sessionId, accountId))) throw new NotFound()
    await endSessions(tx, { id: input.sessionId, accountId }, now)
    await recordEvents(tx, [{ chainId: accountId, kind: "account.session-ended", accountId, partyId, subjectId: input.sessionId }])
  })
}

/** "Overal uitloggen": ends every session of the viewer's account, this one too, and what waits for a second step. Its holder is told by mail. */
export async function endAllOwnSessions({ accountId, partyId }: Viewer, now: Date): Promise<void> {
  await asSystem("sign-in", async (tx) => {
    await endSessions(tx, { accountId }, now)
    await endWaiting(tx, accountId)
    await recordEvents(tx, [{ chainId: accountId, kind: "account.signed-out-everywhere", accountId, partyId, subjectId: accountId }])
    await tellOfChange(tx, accountId, "signed-out-everywhere", now)
  })
}
