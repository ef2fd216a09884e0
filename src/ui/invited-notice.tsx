import { getTranslations } from "next-intl/server"
import { wordIn } from "./asked.ts"
import { Notice } from "./notice.tsx"

/** Says how many were just invited, above their list; nothing where the address does not tell. */
export async function InvitedNotice({ asked }: { asked: string | string[] | undefined }) {
  const count = wordIn(asked)
  if (!/^\d{1,6}$/.test(count)) return null
  const t = await getTranslations("inviteAll")
  return <Notice kind="good" title={t("done", { count: Number(count) })}>{t("doneLead")}</Notice>
}
