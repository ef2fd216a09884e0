import { setLetter, type SetLetter } from "./letter.ts"
import { closingFor, wordsFor, type MailLocale } from "./words.ts"

/** Tells the owners of an office or employer that a back-up of the payroll package is damaged, or that none came for a while. Of whom is not in it: they see that after signing in. */
export function backups(data: { locale: MailLocale; what: "backup-damaged" | "backup-missed"; url: string }): SetLetter {
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
