import { asSystem } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { hashSecret, newSecret } from "#platform/secrets.ts"
import { linkLimits } from "#policy/link-limits.ts"
import { recordEvents } from "../audit/record-event.ts"
import { mayChooseFirst } from "../invitations/first-password.ts"
import { queueMails } from "../mails/queue-mails.ts"
import { findAccountHolder, holdAsking } from "./account-repository.ts"
import { addressesOf } from "./addresses-of.ts"
import { countPasswordLinks, insertPasswordLink } from "./link-repository.ts"
import { normaliseUsername } from "./username.ts"
import { checkFor } from "./view-password-link.ts"

const hour = 60 * 60_000

/**
 * Mails a one-time link to choose a password, to the contact e-mail that payroll last sent and to the private one if there is one; to who works for a
 * party at the address its owner gave. None for a first password when the invitation is over, or when nothing is known to ask beside the link.
 * Says nothing about whether the username is known: the caller shows one answer. At most five an hour; each of them works until one is used, so that
 * nobody who asks for another person's link keeps that person out.
 */
export async function askPasswordLink(input: { username: string }, now: Date): Promise<void> {
  const username = normaliseUsername(input.username)
  if (!username) return
  await asSystem("password-link", async (tx) => {
    const holder = await findAccountHolder(tx, { username })
    if (!holder || holder.blocked || holder.parties.length === 0) return
    const addresses = addressesOf(holder)
    await holdAsking(tx, holder.id)
    if (!holder.hasPassword && (checkFor(holder) === "missing" || !(await mayChooseFirst(tx, holder.id, now)))) return
    const asked = await countPasswordLinks(tx, holder.id, new Date(now.getTime() - hour))
    if (addresses.length === 0 || asked >= linkLimits.perHour) return
    const token = newSecret()
    const link = { id: newId(), accountId: holder.id, tokenHash: hashSecret(token), createdAt: now }
    await insertPasswordLink(tx, { ...link, expiresAt: new Date(now.getTime() + linkLimits.lifetime), triesLeft: linkLimits.tries })
    await queueMails(tx, addresses.map((toAddress) => ({ kind: "password-link" as const, accountId: holder.id, toAddress, token })), now)
    await recordEvents(tx, [{ chainId: holder.id, kind: "account.password-link-asked", accountId: holder.id, subjectId: link.id }])
  })
}
