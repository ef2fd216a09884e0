import { asSystem, asViewer } from "#platform/database.ts"
import { enqueue } from "#platform/queue.ts"
import { Conflict, Forbidden, NotFound } from "#policy/errors.ts"
import { assertMayChange } from "#policy/may-change.ts"
import { seesParty } from "#policy/ranks.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { openAddress } from "../bounces/dead-address.ts"
import { tryAddressAgain } from "../bounces/try-again.ts"
import { invite } from "../invitations/change-access.ts"
import type { MailKind } from "./mail-kinds.ts"
import { findMailInSight, holdFailed, requeueMail } from "./mail-list-repository.ts"

/** "again": the same mail; "invite": an invitation anew, because what was in that mail is over; "never": what it told belongs to that moment. */
const ways = {
  ...{ "new-files": "again", "file-withdrawn": "again", "file-replaced": "again", reminder: "again", "welcome-staff": "again", approval: "again", "backup-missed": "again", "backup-damaged": "again", "backup-ending": "again", "payslip-by-mail": "again" },
  ...{ "welcome-employee": "invite", "welcome-employer": "invite" },
  ...{ "password-link": "never", "confirm-address": "never", "account-changed": "never", "new-sign-in": "never", usernames: "never", "mailbox-failing": "never", "webhook-stopped": "never", trial: "never" },
} as const satisfies Record<MailKind, "again" | "invite" | "never">

/** Whether a mail of this kind that did not arrive can be sent once more. */
export function mayRetry(kind: MailKind): boolean {
  return ways[kind] !== "never"
}

/**
 * Sends a mail that did not arrive once more, to the address that is known now, whether mail arrived there before or not; a welcome becomes a new invitation.
 * One that waits or was sent already stays as it is. NotFound out of sight; Forbidden for an employee or a reader; Conflict without an address, or when an
 * invitation is not possible.
 */
export async function retryMail(viewer: Viewer, input: { mailId: string }, now: Date): Promise<void> {
  if (viewer.kind === "employee" || !seesParty(viewer.rank)) throw new Forbidden()
  assertMayChange(viewer)
  const mail = await asViewer(viewer, (tx) => findMailInSight(tx, input.mailId))
  const way = Object.entries(ways).find(([kind]) => kind === mail?.kind)?.[1]
  if (!mail || !way || way === "never") throw new NotFound()
  if (mail.state !== "failed") return
  if (way === "invite") {
    if (!(await tryAddressAgain(viewer, { partyId: mail.partyId }, now))) await invite(viewer, { partyId: mail.partyId }, now)
    return
  }
  await asSystem("send-mail", async (tx) => {
    const held = await holdFailed(tx, input.mailId)
    if (!held) return
    const { address } = held
    if (address === null) throw new Conflict("mail-no-address")
    await openAddress(tx, address, now)
    await requeueMail(tx, input.mailId, address)
    await recordEvents(tx, [{ chainId: mail.partyId, kind: "mail.tried-again", accountId: viewer.accountId, partyId: viewer.partyId, subjectId: input.mailId }])
    await enqueue(tx, "send-mail", [{ mailId: input.mailId }])
  })
}
