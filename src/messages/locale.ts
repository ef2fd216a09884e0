/** The languages of the interface; Dutch is the source, and the answer where nothing is asked for. */
export const locales = ["nl", "en"] as const
export type Locale = (typeof locales)[number]

/** The cookie that holds the language somebody chose. Set by the profile page; it holds nothing else. */
export const localeCookie = "taal"

/** The language for a request: the chosen one, else the first of Accept-Language (RFC 9110 §12.5.4) that we have, else Dutch. */
export function localeFor(chosen: string | undefined, acceptLanguage: string | null): Locale {
  return asLocale(chosen) ?? firstAccepted(acceptLanguage ?? "") ?? "nl"
}

function firstAccepted(header: string): Locale | undefined {
  const wishes = header.split(",").map((part) => {
    const [tag = "", ...parameters] = part.trim().split(";")
    const weight = parameters.map((one) => one.trim()).find((one) => one.startsWith("q="))
    return { language: tag.split("-")[0], weight: weight ? Number(weight.slice(2)) || 0 : 1 }
  })
  const best = wishes.filter((wish) => wish.weight > 0).sort((a, b) => b.weight - a.weight)
  return best.map((wish) => asLocale(wish.language?.toLowerCase())).find((locale) => locale !== undefined)
}

function asLocale(text: string | undefined): Locale | undefined {
  return locales.find((locale) => locale === text)
}
