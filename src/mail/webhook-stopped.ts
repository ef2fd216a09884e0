import { setLetter, type SetLetter } from "./letter.ts"
import { closingFor, wordsFor, type MailLocale } from "./words.ts"

/** Tells an owner that a webhook was stopped because nothing was taken in there. Which one is not in it: that is seen after signing in. */
export function webhookStopped(data: { locale: MailLocale; url: string }): SetLetter {
  const t = wordsFor(data.locale)
  return setLetter({
    subject: t("webhook-stopped.subject"),
    greeting: t("greeting"),
    before: [t("webhook-stopped.what"), t("webhook-stopped.todo")],
    button: { label: t("webhook-stopped.button"), url: `${data.url}/aanmelden` },
    after: [t("noReply")],
    closing: closingFor(data.locale),
  })
}
