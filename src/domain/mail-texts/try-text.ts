import { asSystem } from "#platform/database.ts"
import { Conflict, NotFound } from "#policy/errors.ts"
import { textKindsOf, type TextKind } from "#policy/mail-texts.ts"
import type { Viewer } from "#policy/viewer.ts"
import { addressesOfAccount } from "../accounts/addresses-of.ts"
import { recordEvents } from "../audit/record-event.ts"
import { queueMails } from "../mails/queue-mails.ts"
import { assertOwner } from "../staff/list-staff.ts"
import type { TextLocale } from "./view-texts.ts"

/**
 * Sends the viewer a mail as it stands now, with the sender and through the mailbox that it will have; its subject says that it is a trial. Conflict "no-own-address" for
 * an account without an address. NotFound for a mail that this viewer cannot change; owners only.
 */
export async function tryMailText(viewer: Viewer, { kind, locale }: { kind: TextKind; locale: TextLocale }, now: Date): Promise<void> {
  assertOwner(viewer)
  if (!textKindsOf(viewer.kind).includes(kind)) throw new NotFound()
  const { accountId, partyId } = viewer
  await asSystem("send-mail", async (tx) => {
    const [toAddress] = await addressesOfAccount(tx, accountId)
    if (!toAddress) throw new Conflict("no-own-address")
    await queueMails(tx, [{ kind: "trial", accountId, toAddress, partyId, token: `${kind} ${locale}` }], now)
    await recordEvents(tx, [{ chainId: partyId, kind: "mail-text.tried", accountId, partyId, details: { mail: kind, locale } }])
  })
}
