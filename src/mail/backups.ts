import { setLetter, type SetLetter } from "./letter.ts"
import { closingFor, wordsFor, type MailLocale } from "./words.ts"

/** Tells the owners of an office or employer that a back-up of the payroll package is damaged, that none came for a while, or that those of a client that left will go. Of whom is not in it: they see that after signing in. */
export function backups(data: { locale: MailLocale; what: "backup-damaged" | "backup-missed" | "backup-ending"; url: string }): SetLetter {
  const t = wordsFor(data.locale)
  return setLetter({
    subject: t(`${data.what}.subject`),
    greeting: t("greeting"),
    before: [t(`${data.what}.news`), t(`${data.what}.todo`)],
    button: { label: t(`${data.what}.button`), url: `${data.url}/aanmelden` },
    after: [t("noReply")],
    closing: closingFor(data.locale),
  })
}
