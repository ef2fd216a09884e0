import type { Transaction } from "#platform/database.ts"
import { Conflict, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { hastenMails } from "../mails/hasten-mails.ts"
import { asOwner, note } from "./change-mailbox.ts"
import { updateMailbox, type MailboxRow } from "./mailbox-repository.ts"
import { turnOf } from "./use-mailbox.ts"

/**
 * "Verzend nu": what waits for the viewer's own mailbox is tried at once, and goes at its pace when it works; while it fails one mail tries. Twice is harmless. Conflict
 * "mailbox-off" for one that is off; NotFound without one; owners only.
 */
export async function sendWaiting(viewer: Viewer): Promise<void> {
  await asOwner(viewer, async (tx, box) => {
    if (!box) throw new NotFound()
    if (!box.isOn) throw new Conflict("mailbox-off")
    await updateMailbox(tx, viewer.partyId, { retryAt: null })
    await hastenWaiting(tx, box)
    await note(tx, viewer, "mailbox.hastened")
  })
}

/** Has what waits for a mailbox look at once whether it can go. */
export async function hastenWaiting(tx: Transaction, box: Pick<MailboxRow, "partyId" | "version">): Promise<void> {
  await hastenMails(tx, { ownerId: box.partyId, turn: turnOf(box) })
}
