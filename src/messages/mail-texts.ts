import en from "./en.json" with { type: "json" }
import nl from "./nl.json" with { type: "json" }

type TextKind = keyof (typeof nl)["mails"]["texts"]

/** What a mail says where nobody changed its words, with its placeholders still in it. */
export function catalogueWords(kind: TextKind, locale: "nl" | "en"): { subject: string; before: string; after: string } {
  return { nl, en }[locale].mails.texts[kind]
}
