import { getTranslations } from "next-intl/server"
import { createTranslator } from "use-intl/core"
import en from "#messages/en.json" with { type: "json" }
import type { Locale } from "#messages/locale.ts"
import nl from "#messages/nl.json" with { type: "json" }

type Sentence = Exclude<keyof (typeof nl)["errors"], "page">

/** The sentence of a stable code, in the language of this request; the general one where the catalogue has none for it. */
export async function sentenceFor(code: string, details: Readonly<Record<string, string | number>> = {}): Promise<string> {
  const t = await getTranslations("errors")
  return t(hasSentence(code) ? code : "invalid", { line: 0, ...details, reference: String(details["reference"] ?? "") })
}

/** The same in a language that was chosen already. */
export function sentenceIn(locale: Locale, code: string, details: Readonly<Record<string, string | number>> = {}): string {
  const t = createTranslator({ locale, messages: { nl, en }[locale], namespace: "errors" })
  return t(hasSentence(code) ? code : "invalid", { ...details, reference: String(details["reference"] ?? "") })
}

function hasSentence(code: string): code is Sentence {
  return code !== "page" && Object.hasOwn(nl.errors, code)
}
