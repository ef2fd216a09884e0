import { asSystem } from "#platform/database.ts"
import { normaliseEmailAddress } from "#policy/email-address.ts"
import { TooMany } from "#policy/errors.ts"
import { usernameMailsPerHour } from "#policy/link-limits.ts"
import { tryLimits } from "#policy/try-limits.ts"
import { assertMayTry, noteFailure, type Tried } from "../attempts/limit-tries.ts"
import { queueMails } from "../mails/queue-mails.ts"
import { findAccountsAt } from "./username-repository.ts"

/**
 * Mails an address every username that belongs to it, in one mail. Says nothing about whether the address is known: the caller shows one answer, also when
 * it was asked too often lately, by this source or for this address; then no mail goes out.
 */
export async function askUsernames(input: { email: string; source: string | null }, now: Date): Promise<void> {
  const address = normaliseEmailAddress(input.email)
  if (address === null) return
  const tried: Tried[] = [{ about: "usernames", of: address.toLowerCase(), limit: tryLimits.account }]
  if (input.source) tried.push({ about: "usernames-from", of: input.source, limit: tryLimits.source })
  const mayAsk = await assertMayTry(tried, "too-many", now).then(() => true, (error: unknown) => {
    if (error instanceof TooMany) return false
    throw error
  })
  if (!mayAsk) return
  await asSystem("sign-in", async (tx) => {
    const [asked = 0] = await noteFailure(tx, tried, now)
    if (asked > usernameMailsPerHour) return
    const accounts = await findAccountsAt(tx, address)
    const [first] = accounts
    if (first) await queueMails(tx, [{ kind: "usernames", accountId: first.id, toAddress: address, token: accounts.map(({ username }) => username).join(" ") }], now)
  })
}
