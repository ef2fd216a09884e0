import { setLetter, type SetLetter } from "./letter.ts"
import { closingFor, wordsFor, type MailLocale } from "./words.ts"

/** Mail 1 to an employer: what the portal is for, its address, the username, and where to ask for a password. Never a password; the token behind the # opens nothing, but tells where the invitation stands. */
export function welcomeEmployer(data: { locale: MailLocale; username: string; employer: string; url: string; token: string | null }): SetLetter {
  const t = wordsFor(data.locale)
  return setLetter({
    subject: t("welcome-employer.subject"),
    greeting: t("greeting"),
    before: [
      t("welcome-employer.what", { employer: data.employer }),
      t("welcome-employer.first"),
      t("welcome-employer.password"),
      t("username", { username: data.username }),
    ],
    button: { label: t("welcome-employer.button"), url: data.token === null ? `${data.url}/wachtwoord` : `${data.url}/welkom#${data.token}` },
    after: [...(data.token === null ? [] : [t("welcome-employer.valid")]), t("welcome-employer.address", { url: data.url }), t("welcome-employer.app"), t("noReply")],
    closing: closingFor(data.locale),
  })
}
