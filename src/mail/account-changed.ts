import nl from "#messages/nl.json" with { type: "json" }
import { setLetter, type SetLetter } from "./letter.ts"
import { whenText } from "./when.ts"
import { closingFor, wordsFor, type MailLocale } from "./words.ts"

type Change = keyof (typeof nl)["mails"]["account-changed"]["changes"]

/** Tells the holder of an account that a way into it changed, and what to do when that was somebody else. No name, username or number in it. */
export function accountChanged(data: { locale: MailLocale; what: string; at: Date; url: string }): SetLetter {
  const t = wordsFor(data.locale)
  return setLetter({
    subject: t(data.what === "second-step-tried" ? "account-changed.triedSubject" : "account-changed.subject"),
    greeting: t("greeting"),
    before: [t(`account-changed.changes.${isChange(data.what) ? data.what : "other"}`), t("account-changed.when", { when: whenText(data.at, data.locale) }), t("account-changed.fine")],
    button: { label: t("account-changed.button"), url: `${data.url}/beveiliging` },
    after: [t("account-changed.notYou"), t("noReply")],
    closing: closingFor(data.locale),
  })
}

function isChange(what: string): what is Change {
  return Object.hasOwn(nl.mails["account-changed"].changes, what)
}
