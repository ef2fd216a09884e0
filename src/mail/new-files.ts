import { setLetter, type SetLetter } from "./letter.ts"
import { closingFor, wordsFor, type MailLocale } from "./words.ts"

/** Tells that something new is there: no name, amount, kind or number in it, as mail is an open postcard. */
export function newFiles(data: { locale: MailLocale; url: string }): SetLetter {
  const t = wordsFor(data.locale)
  return setLetter({
    subject: t("new-files.subject"),
    greeting: t("greeting"),
    before: [t("new-files.what")],
    button: { label: t("new-files.button"), url: `${data.url}/aanmelden` },
    after: [t("noReply")],
    closing: closingFor(data.locale),
  })
}
