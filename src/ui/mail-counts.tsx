import { getLocale, getTranslations } from "next-intl/server"
import type { MailCounts as Counts } from "#domain/mails/list-mails.ts"
import { countText } from "./amounts.ts"

/** What became of the mails of a delivery, with the way to them; nothing where there are none. */
export async function MailCounts({ counts, href }: { counts: Counts; href: string }) {
  const t = await getTranslations("mailList")
  const locale = await getLocale()
  const told = (["sent", "queued", "failed"] as const).filter((state) => counts[state] > 0)
  if (told.length === 0) return null
  return (
    <p className="mails-of">
      {t("ofDelivery")} {told.map((state) => t(`countedOf.${state}`, { count: countText(counts[state], locale) })).join(", ")}. <a href={href}>{t("toMails")}</a>
    </p>
  )
}
