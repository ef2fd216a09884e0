import { setLetter, type SetLetter } from "./letter.ts"
import { closingFor, wordsFor, type MailLocale } from "./words.ts"

type About = "new-files" | "file-replaced" | "file-withdrawn" | "reminder"

/** Tells that something new is there, still unread, replaced or withdrawn: no name, amount, kind or number in it, as mail is an open postcard. */
export function newFiles(data: { locale: MailLocale; url: string; what: About }): SetLetter {
  const t = wordsFor(data.locale)
  return setLetter({
    subject: t(`${data.what}.subject`),
    greeting: t("greeting"),
    before: [t(`${data.what}.what`)],
    button: { label: t("new-files.button"), url: `${data.url}/aanmelden` },
    after: [t("noReply")],
    closing: closingFor(data.locale),
  })
}
