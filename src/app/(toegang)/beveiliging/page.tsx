import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { homeOf, pageForAll } from "#auth/page-door.ts"
import { viewSecurity } from "#domain/second-steps/view-security.ts"
import { PublicShell } from "#ui/public-shell.tsx"
import { SecurityView } from "#ui/security-view.tsx"
import { PublicFoot } from "../public-foot.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("security"))("title") }
}

/** How one gets in, on one page for every kind of viewer: each way with where to change it. */
export default async function SecurityPage({ searchParams }: PageProps<"/beveiliging">) {
  const viewer = await pageForAll()
  const t = await getTranslations("security")
  const { herstelcode, uit } = await searchParams
  const news = herstelcode !== undefined ? "recoveryUsed" : uit !== undefined ? "turnedOff" : null
  return (
    <PublicShell title={t("title")} lead={t("lead")} foot={<PublicFoot signOut />}>
      <SecurityView security={await viewSecurity(viewer)} username={viewer.username} isOffice={viewer.kind === "office"} news={news} profile={`${homeOf[viewer.kind]}/profiel`} />
    </PublicShell>
  )
}
