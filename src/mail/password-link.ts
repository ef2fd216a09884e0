import { setLetter, type SetLetter } from "./letter.ts"
import { closingFor, wordsFor, type MailLocale } from "./words.ts"

/** Mail 2: the one-time link to choose a password. The token stands behind a # so that it reaches no log of a proxy or server. */
export function passwordLink(data: { locale: MailLocale; username: string; token: string; url: string }): SetLetter {
  const t = wordsFor(data.locale)
  return setLetter({
    subject: t("password-link.subject"),
    greeting: t("greeting"),
    before: [t("password-link.what"), t("username", { username: data.username }), t("password-link.how")],
    button: { label: t("password-link.button"), url: `${data.url}/wachtwoord/kiezen#${data.token}` },
    after: [t("password-link.notYou"), t("noReply")],
    closing: closingFor(data.locale),
  })
}
