import { setLetter, type SetLetter } from "./letter.ts"
import { closingFor, wordsFor, type MailLocale } from "./words.ts"

/** Tells an owner that the own mailbox takes no mails any more, and where to see why. */
export function mailboxFailing(data: { locale: MailLocale; url: string }): SetLetter {
  const t = wordsFor(data.locale)
  return setLetter({
    subject: t("mailbox-failing.subject"),
    greeting: t("greeting"),
    before: [t("mailbox-failing.what"), t("mailbox-failing.waiting")],
    button: { label: t("mailbox-failing.button"), url: `${data.url}/koppelingen/mailbox` },
    after: [t("noReply")],
    closing: closingFor(data.locale),
  })
}
