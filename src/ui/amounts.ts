import type { Locale } from "#messages/locale.ts"

const counts = { nl: new Intl.NumberFormat("nl-NL"), en: new Intl.NumberFormat("en-GB") }
const euros = new Intl.NumberFormat("nl-NL", { style: "currency", currency: "EUR" })

/** A number of things: 1.234 in Dutch, 1,234 in English. */
export function countText(count: number, locale: Locale = "nl"): string {
  return counts[locale].format(count)
}

/** An amount of money in whole cents as "€ 2.345,67", in every language: it is a Dutch amount. */
export function euroText(cents: number): string {
  return euros.format(cents / 100)
}
