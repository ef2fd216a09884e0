import type nl from "./nl.json"
import type { Locale } from "./locale.ts"

declare module "next-intl" {
  /** Makes every key of nl.json known to the compiler, so that a sentence that is not there does not compile. */
  interface AppConfig {
    Locale: Locale
    Messages: typeof nl
  }
}
