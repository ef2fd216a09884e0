import { setLetter, type SetLetter } from "./letter.ts"
import { closingFor, wordsFor, type MailLocale } from "./words.ts"

/** Mail 1 to an employee: what the portal is for, its address, the username, and where to ask for a password. Never a password; the token behind the # opens nothing, but tells where the invitation stands. */
export function welcomeEmployee(data: { locale: MailLocale; username: string; employer: string; url: string; token: string | null }): SetLetter {
  const t = wordsFor(data.locale)
  return setLetter({
    subject: t("welcome-employee.subject"),
    greeting: t("greeting"),
    before: [
      t("welcome-employee.what", { employer: data.employer }),
      t("welcome-employee.first"),
      t("welcome-employee.password"),
      t("username", { username: data.username }),
    ],
    button: { label: t("welcome-employee.button"), url: data.token === null ? `${data.url}/wachtwoord` : `${data.url}/welkom#${data.token}` },
    after: [...(data.token === null ? [] : [t("welcome-employee.valid")]), t("welcome-employee.address", { url: data.url }), t("welcome-employee.app"), t("noReply")],
    closing: closingFor(data.locale),
  })
}
