import { createHash } from "node:crypto"
import { asSystem } from "#platform/database.ts"
import { env } from "#platform/env.ts"
import { isSameEmailAddress } from "#policy/email-address.ts"
import { bounceOf, type Bounce } from "#policy/mail-reasons.ts"
import { recordEvents } from "../audit/record-event.ts"
import { holdReturned, markReturned, type ReturnedRow } from "../mails/returned-mail.ts"
import { noteBounce } from "./dead-address.ts"
import { readReport, readReturned, type Report, type ReportedReceiver } from "./read-report.ts"

/** What came of a mail to a return path: what it was about did not arrive, for good or this time; it says nothing (new) of it; or it is another kind of mail. */
export type Taken = "hard" | "soft" | "nothing" | "other"

/**
 * Takes in a mail that came to a return path, as it is on the wire. Only the token tells which mail of ours it is about, and only for the address which that
 * mail went to: the mail is "failed" with the reason, the employer or office sees it, and a dead address is mailed no more. Twice is once; it never throws on
 * what a stranger sent.
 */
export async function takeBounce(raw: Uint8Array, now: Date): Promise<Taken> {
  return take(raw, await readReport(raw), () => true, now)
}

/**
 * As takeBounce, for a mail in an office's or employer's own mailbox: a delivery status notification that returns the Message-ID of a mail which left through that very
 * mailbox. Of another's mail it says nothing, so that who writes to one mailbox cannot reach what left by another.
 */
export async function takeReturned(raw: Uint8Array, { partyId }: { partyId: string }, now: Date): Promise<Taken> {
  return take(raw, await readReturned(raw, new URL(env().PUBLIC_URL).hostname), ({ throughId }) => throughId === partyId, now)
}

async function take(raw: Uint8Array, report: Report | null, isOurs: (mail: ReturnedRow) => boolean, now: Date): Promise<Taken> {
  if (!report) return "other"
  const reportHash = new Uint8Array(createHash("sha256").update(raw).digest())
  let taken: Taken = "nothing"
  for (const mailId of report.mailIds.slice(0, 10)) {
    const one = await asSystem("bounce", async (tx): Promise<Taken> => {
      const mail = await holdReturned(tx, mailId)
      const bounce = mail && isOurs(mail) && whatHappened(report.receivers, mail.toAddress)
      if (!mail || !bounce || !(await noteBounce(tx, mail, bounce, reportHash, now))) return "nothing"
      await markReturned(tx, mailId, bounce.reason)
      await recordEvents(tx, [{ chainId: mail.partyId ?? mail.accountId, kind: "mail.returned", subjectId: mailId, details: { reason: bounce.reason } }])
      return bounce.weight
    })
    if (taken !== "hard" && one !== "nothing") taken = one
  }
  return taken
}

/** What a report says of one address; null when it arrived, is only late, or was passed on. Of another address than ours it never is for good. */
function whatHappened(receivers: readonly ReportedReceiver[] | null, address: string): Bounce | null {
  if (receivers === null) return bounceOf(null)
  const ours = receivers.find((one) => one.addresses.some((named) => isSameEmailAddress(named, address)))
  if (ours) return ours.action === "failed" ? bounceOf(ours.status) : null
  return receivers.some(({ action }) => action === "failed") ? bounceOf(null) : null
}
