import type { Transaction } from "#platform/database.ts"
import { bounceOf, type Bounce } from "#policy/mail-reasons.ts"
import { countBounceDays, deleteBounces, findDead, findRevived, holdAddress, insertBounce, insertDead, reviveAddress } from "./bounce-repository.ts"
import { asSystem } from "#platform/database.ts"

const day = 86_400_000
/** Mail that came back on so many days, all within `within`: then nothing more is sent there. */
const soft = { days: 3, within: 30 * day }
const kept = 90 * day

/** A mail that did not arrive: to which address, when it was queued, and by whose mailbox it went (null: by the portal's own server). */
export type Returned = { mailId: string; toAddress: string; queuedAt: Date; throughId: string | null }

/**
 * Writes down that a mail did not arrive, once per report, and from a hard one on (or a soft one on the third day within thirty) nothing more is mailed to
 * that address: what the portal learnt holds for all, what came of somebody's own mailbox for the owner's own people, because the owner can write it. A report of a
 * mail from before the address was tried anew says nothing of it. False when this was known.
 */
export async function noteBounce(tx: Transaction, { mailId, toAddress, queuedAt, throughId }: Returned, { weight, reason }: Bounce, reportHash: Uint8Array<ArrayBuffer>, now: Date): Promise<boolean> {
  const way = { address: toAddress, throughId }
  await holdAddress(tx, toAddress)
  if (!(await insertBounce(tx, { mailId, reportHash, ...way, weight, reason, at: now }))) return false
  const revived = await findRevived(tx, way)
  if (revived && queuedAt < revived) return true
  if (weight === "hard") await insertDead(tx, way, reason, now)
  else if ((await countBounceDays(tx, way, { from: new Date(now.getTime() - soft.within), to: now })) >= soft.days) await insertDead(tx, way, reason === "mailbox-full" ? reason : "keeps-failing", now)
  return true
}

/** As noteBounce, for a mail that was refused while it was handed over: `status` is of RFC 3463, where the server gave one. */
export async function noteRefused(tx: Transaction, mail: Returned, status: string | null, now: Date): Promise<void> {
  await noteBounce(tx, mail, bounceOf(status), new Uint8Array(Buffer.from(`${status} ${now.getTime()}`)), now)
}

/** Whether nothing about a person or client is mailed to an address, because nothing arrives there. */
export async function isDeadAddress(tx: Transaction, address: string, partyId: string): Promise<boolean> {
  return findDead(tx, address, partyId)
}

/** Mail may go to an address again. False when it went already. */
export async function openAddress(tx: Transaction, address: string, now: Date): Promise<boolean> {
  await holdAddress(tx, address)
  return reviveAddress(tx, address, now)
}

/** Forgets reports of more than ninety days ago; which addresses are dead stays. */
export async function sweepBounces(now: Date): Promise<number> {
  return asSystem("sweep", (tx) => deleteBounces(tx, new Date(now.getTime() - kept)))
}
