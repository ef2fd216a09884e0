import { asSystem } from "#platform/database.ts"
import { updateMail } from "./mail-repository.ts"

/** Writes down how a mail went: sent, to be tried again, or given up with the stable code of why. */
export async function closeMail(
  mailId: string,
  outcome: { state: "sent" } | { state: "queued" | "failed"; failure: string },
  now: Date,
): Promise<void> {
  await asSystem("send-mail", (tx) => updateMail(tx, mailId, outcome.state === "sent" ? { state: "sent", sentAt: now } : outcome))
}
