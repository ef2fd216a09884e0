import type { Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { hashSecret, newSecret } from "#platform/secrets.ts"
import type { EventKind } from "#policy/events.ts"
import { addressLinkLimits } from "#policy/link-limits.ts"
import { recordEvents } from "../audit/record-event.ts"
import { queueMails } from "../mails/queue-mails.ts"
import { countAddressLinks, replaceAddressLink, type WhichAddress } from "./address-repository.ts"

const hour = 60 * 60_000

/**
 * Mails an address the link that confirms it, instead of an older one about the same address of this account. Returns false, and mails nothing, after
 * five in an hour. The caller holds the account.
 */
export async function mailAddressLink(tx: Transaction, { accountId, partyId, address, byPartyId }: WhichAddress & { address: string; byPartyId: string | null }, now: Date): Promise<boolean> {
  const asked = await countAddressLinks(tx, { accountId, partyId }, new Date(now.getTime() - hour))
  if (asked >= addressLinkLimits.perHour) return false
  const [id, token] = [newId(), newSecret()]
  await replaceAddressLink(tx, { id, accountId, partyId, address, byPartyId, tokenHash: hashSecret(token), createdAt: now, expiresAt: new Date(now.getTime() + addressLinkLimits.lifetime) })
  await queueMails(tx, [{ kind: "confirm-address", accountId, toAddress: address, token }], now)
  const kind: EventKind = partyId === null ? "account.private-email-asked" : "account.contact-email-asked"
  await recordEvents(tx, [{ chainId: accountId, kind, accountId, partyId, subjectId: id }])
  return true
}
