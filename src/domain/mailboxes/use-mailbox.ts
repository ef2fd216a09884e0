import { asSystem, readAsSystem, type Transaction } from "#platform/database.ts"
import type { MailServer } from "#platform/mail-server.ts"
import type { MailFailed } from "#platform/mailer.ts"
import { enqueue } from "#platform/queue.ts"
import { longestWait, mailRetryAt, probeTime, retryAt, takeTurn, tellAfter } from "#policy/mailbox-pace.ts"
import { smtpTroubles, type SmtpTrouble } from "#policy/smtp-answers.ts"
import { tellOfFailingMailbox } from "../accounts/tell-of-change.ts"
import { closeMail, giveUpMail } from "../mails/close-mail.ts"
import type { MailToSend } from "../mails/open-mail.ts"
import { findFirstOn, findOwners, holdMailbox, noteTaken, updateMailbox, type MailboxRow } from "./mailbox-repository.ts"
import { openServer } from "./mailbox-secret.ts"
import { troubleOf } from "./mailbox-trouble.ts"

/** A mailbox that a mail goes through now. `isProbe`: the one that finds out whether it works again. */
export type OpenMailbox = { server: MailServer; box: MailboxRow; isProbe: boolean }

type Waiting = Pick<MailToSend, "id" | "kind" | "senders" | "token">
/** What the job of a mail was given: its turn, and how often a server said "later" to it. */
type Asked = { turn: string | undefined; tries: number }

/**
 * The mailbox through which a mail goes now: the employer's, else the office's, as far as they are on; null for the portal's own server. What an office and its
 * client tell each other goes through none of the client's. "later" when it is not its turn, or the mailbox fails: a job for later was left then. `turn` is what
 * that job was given. A mail that tells a secret, or carries a payslip, gets no copy.
 */
export async function openMailboxFor(mail: Waiting, asked: Asked, now: Date): Promise<OpenMailbox | "later" | null> {
  const { employerId, officeId } = mail.senders
  const inLine = mail.kind === "approval" ? [officeId] : [employerId, officeId]
  const partyId = await findFirstOn(readAsSystem("mailbox"), inLine.filter((id) => id !== null))
  if (!partyId) return null
  const taken = await asSystem("mailbox", (tx) => takePlace(tx, { mailId: mail.id, ...asked }, partyId, now))
  if (taken === "off") return openMailboxFor(mail, asked, now)
  if (taken === "later") return taken
  const server = await openServer(taken.box, now)
  if (typeof server !== "string") return { ...taken, server: mail.token === null && mail.kind !== "payslip-by-mail" ? server : { ...server, copy: null } }
  await waitFor(mail.id, taken, server, now)
  return "later"
}

/** Writes down that a mailbox's server took a mail. */
export async function noteMailboxTook({ box: { partyId, version } }: OpenMailbox, now: Date): Promise<void> {
  await asSystem("mailbox", (tx) => noteTaken(tx, { partyId, version, now }))
}

/**
 * A mail that its mailbox did not take. True when that is the mailbox's own fault: it is shown there, tried again ever later, told to its owners by the portal itself
 * after hours, and the mail waits, because it goes by no other server than it was meant for. False when it is about the mail alone.
 */
export async function noteMailboxFailed(mailId: string, opened: OpenMailbox, failed: MailFailed, now: Date): Promise<boolean> {
  const trouble = troubleOf(failed, opened.box)
  if (smtpTroubles[trouble] === "mail") {
    if (opened.isProbe) await noteWorks(opened.box)
    return false
  }
  await waitFor(mailId, opened, trouble, now)
  return true
}

/** A mail to which the mailbox's server said "later" asks for another turn, ever later, and is given up after half a day of it. */
export async function tryMailLater({ mailId, tries }: { mailId: string; tries: number }, now: Date): Promise<void> {
  const again = mailRetryAt(tries + 1, now)
  if (!again) return giveUpMail({ mailId }, now)
  await asSystem("mailbox", (tx) => enqueue(tx, "send-mail", [{ mailId, tries: tries + 1 }], again))
}

/** A mailbox that takes mails but for this one works again. */
async function noteWorks({ partyId, version }: MailboxRow): Promise<void> {
  await asSystem("mailbox", async (tx) => {
    if ((await holdMailbox(tx, partyId))?.version === version) await updateMailbox(tx, partyId, { failures: 0, failingSince: null, retryAt: null, toldAt: null })
  })
}

async function takePlace(tx: Transaction, { mailId, turn, tries }: Asked & { mailId: string }, partyId: string, now: Date): Promise<{ box: MailboxRow; isProbe: boolean } | "later" | "off"> {
  const box = await holdMailbox(tx, partyId)
  if (!box?.isOn) return "off"
  if (box.retryAt && box.retryAt > now) return lookAgain(tx, { mailId, tries }, box.retryAt, now)
  if (box.failingSince) {
    await updateMailbox(tx, partyId, { retryAt: new Date(now.getTime() + probeTime) })
    return { box, isProbe: true }
  }
  const ours = turnOf(box)
  if (turn === ours) return { box, isProbe: false }
  const { at, kept } = takeTurn(box, now)
  if (!kept) return lookAgain(tx, { mailId, tries }, at, now)
  await updateMailbox(tx, partyId, kept)
  if (at <= now) return { box, isProbe: false }
  await enqueue(tx, "send-mail", [{ mailId, turn: ours, tries }], at)
  return "later"
}

/** What a mail is given that has a turn with this edition of a mailbox. */
export function turnOf({ partyId, version }: Pick<MailboxRow, "partyId" | "version">): string {
  return `${partyId}-${version}`
}

async function waitFor(mailId: string, { box: { partyId, version }, isProbe }: Pick<OpenMailbox, "box" | "isProbe">, trouble: SmtpTrouble, now: Date): Promise<void> {
  await asSystem("mailbox", async (tx) => {
    const box = await holdMailbox(tx, partyId)
    if (!box?.isOn || box.version !== version) return enqueue(tx, "send-mail", [{ mailId }], now)
    const isKnown = box.retryAt !== null && box.retryAt > now && !isProbe
    const failures = box.failures + (isKnown ? 0 : 1)
    const again = isKnown && box.retryAt ? box.retryAt : retryAt(failures, now)
    const failingSince = box.failingSince ?? now
    const isToTell = !box.toldAt && now.getTime() - failingSince.getTime() >= tellAfter
    await updateMailbox(tx, partyId, { failures, failingSince, retryAt: again, lastFailedAt: now, lastFailure: trouble, ...(isToTell ? { toldAt: now } : {}) })
    if (isToTell) for (const accountId of await findOwners(tx, partyId)) await tellOfFailingMailbox(tx, accountId, now)
    await lookAgain(tx, { mailId, tries: 0 }, again, now)
  })
  await closeMail(mailId, { state: "queued", failure: trouble }, now)
}

/** Leaves a job for when it is worth looking again: within the hour, and not all in the same second. */
async function lookAgain(tx: Transaction, { mailId, tries }: { mailId: string; tries: number }, at: Date, now: Date): Promise<"later"> {
  const spread = (Number.parseInt(mailId.slice(-4), 16) % 60) * 1000
  await enqueue(tx, "send-mail", [{ mailId, tries }], new Date(Math.min(at.getTime(), now.getTime() + longestWait) + spread))
  return "later"
}
