import type { MailFailed } from "#platform/mailer.ts"
import { presetOf } from "#policy/mailbox-presets.ts"
import { explainAnswer, type SmtpTrouble } from "#policy/smtp-answers.ts"
import type { MailboxRow } from "./mailbox-repository.ts"

/** What a failure through a mailbox means. ZeelandNet and DELTA let nobody in from a data centre, and say nothing at all. */
export function troubleOf(failed: MailFailed, { host, signInBy }: Pick<MailboxRow, "host" | "signInBy">): SmtpTrouble {
  const trouble = explainAnswer(failed.answer(), { byToken: signInBy !== "password" })
  return presetOf(host) === "zeelandnet" && (trouble === "no-connection" || trouble === "no-answer") ? "provider-blocks" : trouble
}
