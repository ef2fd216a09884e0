import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { confirmedPage, homeOf } from "#auth/page-door.ts"
import { viewSecurity } from "#domain/second-steps/view-security.ts"
import { now } from "#platform/clock.ts"
import { PasskeysView } from "#ui/passkeys-view.tsx"
import { PublicShell } from "#ui/public-shell.tsx"
import { PublicFoot } from "../../public-foot.tsx"
import { addPasskeyAction, askNewPasskeyAction, removePasskeyAction } from "../security-actions.ts"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("passkeys"))("title") }
}

/** The passkeys of the account: listed, added with a name, removed. */
export default async function PasskeysPage({ searchParams }: PageProps<"/beveiliging/toegangssleutels">) {
  const viewer = await confirmedPage("/beveiliging/toegangssleutels", { settingUp: true })
  const { weg } = await searchParams
  const t = await getTranslations("passkeys")
  const back = viewer.mustSetUp ? "/beveiliging/verplicht" : "/beveiliging"
  return (
    <PublicShell title={t("title")} lead={t("lead")} foot={<PublicFoot signOut />}>
      <PasskeysView security={await viewSecurity(viewer)} isRemoved={weg !== undefined} askAction={askNewPasskeyAction} addAction={addPasskeyAction} removeAction={removePasskeyAction} next={viewer.mustSetUp ? homeOf[viewer.kind] : "/beveiliging/toegangssleutels"} now={now()} />
      {!viewer.mustSetUp && <a href="/beveiliging/apparaten">{(await getTranslations("security"))("toDevices")}</a>}
      <a href={back}>{t("back")}</a>
    </PublicShell>
  )
}
