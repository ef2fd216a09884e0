import { readAsSystem } from "#platform/database.ts"
import { isTextKind, textRules, type MailWords, type TextKind } from "#policy/mail-texts.ts"
import type { MailToSend } from "../mails/open-mail.ts"
import { findSending } from "./mail-text-repository.ts"

/** In whose words a mail goes out; `words` null: as the catalogue has them. */
export type Wording = { kind: TextKind; locale: "nl" | "en"; words: MailWords | null; employer: string | null; office: string | null; isTrial: boolean }

/**
 * The words of a mail: those of the employer, else of the office, else of the operator, else the catalogue's; with what the two are called. Null for a mail whose words
 * nobody can change. One look at the database for each mail, when it goes out.
 */
export async function wordsOf(mail: Pick<MailToSend, "kind" | "token" | "locale" | "senders" | "partyNames">): Promise<Wording | null> {
  const [kind, locale] = asked(mail)
  if (!kind) return null
  const { employer, office, subject, before, after } = await findSending(readAsSystem("send-mail"), { kind, locale, ...mail.senders, byEmployer: textRules[kind].by.some((who) => who === "employer") })
  const words = subject === null || before === null || after === null ? null : { subject, before, after }
  return { kind, locale, words, employer: employer ?? (office === null ? mail.partyNames.join(", ") || null : null), office, isTrial: mail.kind === "trial" }
}

/** Which words, in which language: of a trial the one that was asked, else that of the receiver. Of a mail about an approval it depends on the news. */
function asked({ kind, token, locale }: Pick<MailToSend, "kind" | "token" | "locale">): [TextKind | null, "nl" | "en"] {
  const [of = "", language] = kind === "trial" ? (token ?? "").split(" ") : [kind === "approval" ? `approval-${token ?? "note"}` : kind, locale]
  const known = isTextKind(of) ? of : kind === "approval" ? "approval-note" : null
  return [known, language === "en" ? "en" : "nl"]
}
