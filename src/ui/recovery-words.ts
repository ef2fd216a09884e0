import { getTranslations } from "next-intl/server"
import type { RecoveryWords } from "./recovery-codes.tsx"

/** The sentences around recovery codes. */
export async function recoveryWords(): Promise<RecoveryWords> {
  const t = await getTranslations("recoveryCodes")
  return { title: t("title"), lead: t("lead"), list: t("list"), copy: t("copy"), copied: t("copied"), print: t("print"), kept: t("kept") }
}
