import { asSystem, readAsSystem } from "#platform/database.ts"
import { noteRefused } from "../bounces/dead-address.ts"
import { findReturned, markSent, updateMail } from "./mail-repository.ts"

/**
 * Writes down how a mail went: sent (by whose mailbox: `throughId`), to be tried again, or given up with the stable code of why. `refused`: the server of the address would not have it, with
 * the status it gave (RFC 3463) or null; where that says that nothing will ever arrive there, nothing more is mailed to it.
 */
export async function closeMail(
  mailId: string,
  outcome: { state: "sent"; throughId?: string | null } | { state: "queued" | "failed"; failure: string; refused?: { status: string | null } | null },
  now: Date,
): Promise<void> {
  if (outcome.state === "sent") return markSent(readAsSystem("send-mail"), mailId, { sentAt: now, throughId: outcome.throughId ?? null })
  const { refused, ...written } = outcome
  await asSystem("send-mail", async (tx) => {
    const mail = refused ? await findReturned(tx, mailId) : null
    await updateMail(tx, mailId, written)
    if (mail && refused) await noteRefused(tx, mail, refused.status, now)
  })
}

/** Gives up a mail that no server would take for a long time; one that went meanwhile stays sent. */
export async function giveUpMail({ mailId }: { mailId: string }, now: Date): Promise<void> {
  await closeMail(mailId, { state: "failed", failure: "given-up" }, now)
}
