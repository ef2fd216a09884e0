import { setLetter, type SetLetter } from "./letter.ts"
import { closingFor, wordsFor, type MailLocale } from "./words.ts"

/** The one-time link to confirm a private address. No name and no username in it: the address may have been typed wrong. */
export function confirmAddress(data: { locale: MailLocale; token: string; url: string }): SetLetter {
  const t = wordsFor(data.locale)
  return setLetter({
    subject: t("confirm-address.subject"),
    greeting: t("greeting"),
    before: [t("confirm-address.what"), t("confirm-address.how")],
    button: { label: t("confirm-address.button"), url: `${data.url}/adres/bevestigen#${data.token}` },
    after: [t("confirm-address.notYou"), t("noReply")],
    closing: closingFor(data.locale),
  })
}
