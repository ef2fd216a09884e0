import { createTranslator } from "use-intl/core"
import en from "#messages/en.json" with { type: "json" }
import nl from "#messages/nl.json" with { type: "json" }

export type MailLocale = "nl" | "en"

/** The sentences of the mails, in one language; read once, because a hundred thousand mails say the same. */
export function wordsFor(locale: MailLocale) {
  return sentences[locale]
}

const sentences = {
  nl: createTranslator({ locale: "nl", messages: nl, namespace: "mails" }),
  en: createTranslator({ locale: "en", messages: en, namespace: "mails" }),
}

/** How every mail ends. */
export function closingFor(locale: MailLocale): string[] {
  const t = wordsFor(locale)
  return [t("closing"), t("sender")]
}
