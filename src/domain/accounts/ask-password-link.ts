import { asSystem, type Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { hashSecret, newSecret } from "#platform/secrets.ts"
import { linkLimits } from "#policy/link-limits.ts"
import { recordEvents } from "../audit/record-event.ts"
import { mayChooseFirst } from "../invitations/first-password.ts"
import { queueMails } from "../mails/queue-mails.ts"
import { findAccountHolder } from "./account-repository.ts"
import { holdAccount } from "./hold-account.ts"
import { linkAddressesOf } from "./link-addresses.ts"
import { countAskings, insertPasswordLinks } from "./link-repository.ts"
import { findAccountsToLink } from "./username-repository.ts"
import { normaliseUsername } from "./username.ts"
import { checkFor } from "./view-password-link.ts"

const hour = 60 * 60_000

/**
 * Mails a one-time link to choose a password to each address where links of this account go, every one its own. By a username of before too, for who has
 * no password yet and whose address was corrected. None for a first password when the invitation is over, or when nothing is known to ask beside the link.
 * Says nothing about whether the username is known: the caller shows one answer. At most five times an hour; each link works until one is used, so that
 * nobody who asks for another person's link keeps that person out.
 */
export async function askPasswordLink(input: { username: string }, now: Date): Promise<void> {
  const username = normaliseUsername(input.username)
  if (!username) return
  await asSystem("password-link", async (tx) => {
    for (const accountId of await findAccountsToLink(tx, username)) await mailLinks(tx, accountId, now)
  })
}

async function mailLinks(tx: Transaction, accountId: string, now: Date): Promise<void> {
  await holdAccount(tx, accountId)
  const holder = await findAccountHolder(tx, { id: accountId })
  if (!holder || holder.blocked || holder.parties.length === 0) return
  if (!holder.hasPassword && (checkFor(holder) === "missing" || !(await mayChooseFirst(tx, accountId, now)))) return
  const addresses = await linkAddressesOf(tx, holder)
  const asked = await countAskings(tx, accountId, new Date(now.getTime() - hour))
  if (addresses.length === 0 || asked >= linkLimits.perHour) return
  const made = addresses.map((address) => ({ address, token: newSecret() }))
  const link = { accountId, askingId: newId(), createdAt: now, expiresAt: new Date(now.getTime() + linkLimits.lifetime), triesLeft: linkLimits.tries }
  await insertPasswordLinks(tx, made.map(({ address, token }) => ({ ...link, id: newId(), address, tokenHash: hashSecret(token) })))
  await queueMails(tx, made.map(({ address, token }) => ({ kind: "password-link" as const, accountId, toAddress: address, token })), now)
  await recordEvents(tx, [{ chainId: accountId, kind: "account.password-link-asked", accountId, subjectId: link.askingId }])
}
