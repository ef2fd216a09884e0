import nl from "#messages/nl.json" with { type: "json" }
import type { Translator } from "./file-title.ts"

type Sentence = Exclude<keyof (typeof nl)["errors"], "page">

/** The sentence for a stable error code, with its details filled in. A code without a sentence of its own gets that of "invalid". */
export function errorSentence(t: Translator, code: string, details: Readonly<Record<string, string | number>> = {}): string {
  return t(`errors.${hasSentence(code) ? code : "invalid"}`, { ...details, reference: String(details.reference ?? "–") })
}

function hasSentence(code: string): code is Sentence {
  return code !== "page" && Object.hasOwn(nl.errors, code)
}
