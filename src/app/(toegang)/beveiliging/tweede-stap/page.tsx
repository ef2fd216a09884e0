import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { confirmedPage, homeOf } from "#auth/page-door.ts"
import { viewCodeAppSetUp } from "#domain/second-steps/code-app.ts"
import { viewSecurity } from "#domain/second-steps/view-security.ts"
import { now } from "#platform/clock.ts"
import { CodeAppSetUpView, CodeAppView } from "#ui/code-app-view.tsx"
import { PublicShell } from "#ui/public-shell.tsx"
import { PublicFoot } from "../../public-foot.tsx"
import { beginCodeAppAction, confirmCodeAppAction, renewRecoveryCodesAction, turnOffCodeAppAction } from "../security-actions.ts"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("codeApp"))("title") }
}

/** The code app: setting it up, turning it off, new recovery codes. */
export default async function CodeAppPage({ searchParams }: PageProps<"/beveiliging/tweede-stap">) {
  const viewer = await confirmedPage("/beveiliging/tweede-stap", { settingUp: true })
  const { stap } = await searchParams
  const t = await getTranslations("codeApp")
  const setUp = stap === "app" ? await viewCodeAppSetUp(viewer, now()) : null
  const security = await viewSecurity(viewer)
  const back = viewer.mustSetUp ? "/beveiliging/verplicht" : "/beveiliging"
  return (
    <PublicShell title={t("title")} lead={setUp ? undefined : t("lead")} foot={<PublicFoot signOut />}>
      {setUp ? (
        <CodeAppSetUpView setUp={setUp} confirmAction={confirmCodeAppAction} next={viewer.mustSetUp ? homeOf[viewer.kind] : "/beveiliging"} />
      ) : (
        <CodeAppView security={security} beginAction={beginCodeAppAction} turnOffAction={turnOffCodeAppAction} renewAction={renewRecoveryCodesAction} />
      )}
      {!viewer.mustSetUp && <a href="/beveiliging/apparaten">{(await getTranslations("security"))("toDevices")}</a>}
      <a href={back}>{t("back")}</a>
    </PublicShell>
  )
}
