import { cookies, headers } from "next/headers"
import { getRequestConfig } from "next-intl/server"
import { _createCache } from "use-intl/core"
import en from "./en.json" with { type: "json" }
import { localeCookie, localeFor } from "./locale.ts"
import nl from "./nl.json" with { type: "json" }

const catalogues = { nl, en }

/** Sentences with a plural or a number, as they were read: reading them anew for each request took a tenth of the work of a page. */
const readSentences = _createCache()

/** What next-intl asks once per request. The locale is never in the address; the time zone is the Netherlands', whatever the language. */
export default getRequestConfig(async () => {
  const locale = localeFor((await cookies()).get(localeCookie)?.value, (await headers()).get("accept-language"))
  const config = { locale, messages: catalogues[locale], timeZone: "Europe/Amsterdam", _cache: readSentences }
  return config
})
