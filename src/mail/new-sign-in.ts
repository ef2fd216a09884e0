import { setLetter, type SetLetter } from "./letter.ts"
import { whenText } from "./when.ts"
import { closingFor, wordsFor, type MailLocale } from "./words.ts"

/** Somebody signed in in a browser that was not used before: when, and what to do when it was somebody else. */
export function newSignIn(data: { locale: MailLocale; at: Date; url: string }): SetLetter {
  const t = wordsFor(data.locale)
  return setLetter({
    subject: t("new-sign-in.subject"),
    greeting: t("greeting"),
    before: [t("new-sign-in.what"), t("account-changed.when", { when: whenText(data.at, data.locale) }), t("account-changed.fine")],
    button: { label: t("account-changed.button"), url: `${data.url}/beveiliging` },
    after: [t("account-changed.notYou"), t("noReply")],
    closing: closingFor(data.locale),
  })
}
