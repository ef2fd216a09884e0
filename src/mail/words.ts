import { createTranslator } from "use-intl/core"
import en from "#messages/en.json" with { type: "json" }
import nl from "#messages/nl.json" with { type: "json" }

export type MailLocale = "nl" | "en"

/** The sentences of the mails, in one language. */
export function wordsFor(locale: MailLocale) {
  return createTranslator({ locale, messages: { nl, en }[locale], namespace: "mails" })
}

/** How every mail ends. */
export function closingFor(locale: MailLocale): string[] {
  const t = wordsFor(locale)
  return [t("closing"), t("sender")]
}
