import { setLetter, type SetLetter } from "./letter.ts"
import { closingFor, wordsFor, type MailLocale } from "./words.ts"

/** Every username that belongs to the address it is sent to. */
export function usernames(data: { locale: MailLocale; names: readonly string[]; url: string }): SetLetter {
  const t = wordsFor(data.locale)
  return setLetter({
    subject: t("usernames.subject"),
    greeting: t("greeting"),
    before: [t("usernames.what"), t("usernames.list", { count: data.names.length, names: data.names.join(", ") })],
    button: { label: t("usernames.button"), url: `${data.url}/aanmelden` },
    after: [t("usernames.notYou"), t("noReply")],
    closing: closingFor(data.locale),
  })
}
