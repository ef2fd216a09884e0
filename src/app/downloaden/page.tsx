import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { publicPage } from "#auth/page-door.ts"
import { zipLimits } from "#policy/zip-limits.ts"
import { wordIn } from "#ui/asked.ts"
import { CalmPage } from "#ui/calm-page.tsx"

const reasons = ["zip-empty", "zip-file-gone", "zip-too-large", "zip-too-many"] as const

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("zip"))("failed") }
}

/** Why a download of several files did not come; where the form or link that asked for it leads when it is refused. */
export default async function DownloadRefusedPage({ searchParams }: PageProps<"/downloaden">) {
  await publicPage()
  const t = await getTranslations()
  const asked = wordIn((await searchParams).melding)
  const reason = reasons.find((one) => one === asked)
  const lead = t(reason ? `errors.${reason}` : "errors.not-found", { most: zipLimits.files, gigabytes: zipLimits.bytes / 1e9 })
  return (
    <CalmPage title={t("zip.failed")} lead={lead}>
      <a className="btn primary" href="/">
        {t("errors.page.toStart")}
      </a>
    </CalmPage>
  )
}
