import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { homeOf, pageForAll } from "#auth/page-door.ts"
import { viewSecurity } from "#domain/second-steps/view-security.ts"
import { ActionForm } from "#ui/action-form.tsx"
import { LinkButton } from "#ui/button.tsx"
import { Notice } from "#ui/notice.tsx"
import { PublicShell } from "#ui/public-shell.tsx"
import { SubmitButton } from "#ui/submit-button.tsx"
import { PublicFoot } from "../../public-foot.tsx"
import { signOutAction } from "../../sign-out.ts"
import { putOffAction } from "../security-actions.ts"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("setUpFirst"))("title") }
}

/** Where who must have a second step is led until there is one; who may wait finds "Later" here. */
export default async function SetUpFirstPage() {
  const viewer = await pageForAll({ settingUp: true })
  const { hasSecondStep, mustHaveSecondStep } = await viewSecurity(viewer)
  const t = await getTranslations("setUpFirst")
  if (hasSecondStep) {
    return (
      <PublicShell title={t("title")} foot={<PublicFoot signOut />}>
        <Notice still kind="good" title={t("doneTitle")}>{t("done")}</Notice>
        <LinkButton look="primary" href={homeOf[viewer.kind]}>{t("toPortal")}</LinkButton>
      </PublicShell>
    )
  }
  return (
    <PublicShell title={t("title")} lead={t(mustHaveSecondStep ? "lead" : "leadLater")} foot={<PublicFoot signOut={!mustHaveSecondStep} />}>
      <p>{t("choice")}</p>
      <div className="stack full">
        <LinkButton look="primary" href="/beveiliging/tweede-stap">{t("codeApp")}</LinkButton>
        <LinkButton href="/beveiliging/toegangssleutels">{t("passkey")}</LinkButton>
        {mustHaveSecondStep ? (
          <form action={signOutAction} className="stack full">
            <SubmitButton look="quiet" wide>{t("signOut")}</SubmitButton>
          </form>
        ) : (
          <ActionForm action={putOffAction} className="stack full">
            <SubmitButton look="quiet" wide name="later" value="yes">{t("later")}</SubmitButton>
          </ActionForm>
        )}
      </div>
    </PublicShell>
  )
}
