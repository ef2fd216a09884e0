import { locales } from "#messages/locale.ts"
import { isTextKind, type TextKind } from "#policy/mail-texts.ts"

/** The mail and language that an address asks for; null where it asks for none that there is. */
export function askedText(mail: string | string[] | undefined, language: string | string[] | undefined): { kind: TextKind; locale: "nl" | "en" } | null {
  if (typeof mail !== "string" || !isTextKind(mail)) return null
  return { kind: mail, locale: locales.find((one) => one === language) ?? "nl" }
}
