import { setLetter, type SetLetter } from "./letter.ts"
import { closingFor, wordsFor, type MailLocale } from "./words.ts"

/** To somebody who works for an office or employer and may sign in for it now: the username, and where to ask for a password. Never a password or a token. */
export function welcomeStaff(data: { locale: MailLocale; username: string; party: string; url: string }): SetLetter {
  const t = wordsFor(data.locale)
  return setLetter({
    subject: t("welcome-staff.subject"),
    greeting: t("greeting"),
    before: [t("welcome-staff.what", { party: data.party }), t("welcome-staff.password"), t("username", { username: data.username })],
    button: { label: t("welcome-staff.button"), url: `${data.url}/wachtwoord` },
    after: [t("welcome-staff.unknown"), t("noReply")],
    closing: closingFor(data.locale),
  })
}
