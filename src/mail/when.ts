import type { MailLocale } from "./words.ts"

const zone = { timeZone: "Europe/Amsterdam", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const

/** A moment in words, in Dutch time: "25 november om 21:40". */
export function whenText(moment: Date, locale: MailLocale): string {
  return new Intl.DateTimeFormat(locale === "nl" ? "nl-NL" : "en-GB", zone).format(moment)
}
