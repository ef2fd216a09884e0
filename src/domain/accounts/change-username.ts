import { asSystem, asSystemOnce } from "#platform/database.ts"
import { Conflict, Forbidden, Invalid, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { renewSession } from "../sessions/renew-session.ts"
import { findAccountHolder, findTakenUsernames } from "./account-repository.ts"
import { countTakenUsernames } from "./count-taken-usernames.ts"
import { holdAccount } from "./hold-account.ts"
import { tellOfChange } from "./tell-of-change.ts"
import { holdUsername, updateUsername } from "./username-repository.ts"
import { normaliseUsername } from "./username.ts"
import { hasFixedUsername } from "./view-password-link.ts"

/** Whether the viewer may choose another username: an office's own account goes by its client number. */
export async function mayChangeUsername({ accountId }: Viewer): Promise<boolean> {
  const holder = await findAccountHolder(asSystemOnce("sign-in"), { id: accountId })
  return holder !== null && !hasFixedUsername(holder)
}

/**
 * Gives the viewer's account another username; the old one opens nothing from then on. Returns the new secret of this session. Forbidden for an office's own
 * account; Invalid or Conflict at the field "username" when it is no username, the same, or another's. Two who want one at once: one gets it. TooMany after several that were taken.
 */
export async function changeUsername(viewer: Viewer, input: { username: string }, now: Date): Promise<string> {
  const { accountId, partyId } = viewer
  const username = normaliseUsername(input.username)
  if (!username) throw new Invalid("username-invalid", { field: "username" })
  return countTakenUsernames(accountId, now, () => asSystem("sign-in", async (tx) => {
    await holdAccount(tx, accountId)
    const holder = await findAccountHolder(tx, { id: accountId })
    if (!holder) throw new NotFound()
    if (hasFixedUsername(holder)) throw new Forbidden("username-fixed")
    if (username === holder.username) throw new Invalid("username-same", { field: "username" })
    await holdUsername(tx, username)
    if ((await findTakenUsernames(tx, [username])).size > 0) throw new Conflict("username-taken", { field: "username" })
    await updateUsername(tx, accountId, username)
    const secret = await renewSession(tx, viewer)
    await recordEvents(tx, [{ chainId: accountId, kind: "account.username-changed", accountId, partyId, subjectId: accountId }])
    await tellOfChange(tx, accountId, "username-changed", now)
    return secret
  }))
}
