import nl from "#messages/nl.json" with { type: "json" }
import { setLetter, type SetLetter } from "./letter.ts"
import { closingFor, wordsFor, type MailLocale } from "./words.ts"

type News = keyof (typeof nl)["mails"]["approval"]["news"]

/** Tells office or employer that something was asked, said or answered about a delivery: nothing of it, and no name, is in it. */
export function approval(data: { locale: MailLocale; what: string; url: string }): SetLetter {
  const t = wordsFor(data.locale)
  const what = isNews(data.what) ? data.what : "note"
  return setLetter({
    subject: t(`approval.subjects.${what}`),
    greeting: t("greeting"),
    before: [t(`approval.news.${what}`)],
    button: { label: t("approval.button"), url: `${data.url}/aanmelden` },
    after: [t("approval.noReply")],
    closing: closingFor(data.locale),
  })
}

function isNews(what: string): what is News {
  return Object.hasOwn(nl.mails.approval.news, what)
}
