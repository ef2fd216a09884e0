import { cookies, headers } from "next/headers"
import { getRequestConfig } from "next-intl/server"
import en from "./en.json" with { type: "json" }
import { localeCookie, localeFor } from "./locale.ts"
import nl from "./nl.json" with { type: "json" }

const catalogues = { nl, en }

/** What next-intl asks once per request. The locale is never in the address; the time zone is the Netherlands', whatever the language. */
export default getRequestConfig(async () => {
  const locale = localeFor((await cookies()).get(localeCookie)?.value, (await headers()).get("accept-language"))
  return { locale, messages: catalogues[locale], timeZone: "Europe/Amsterdam" }
})
