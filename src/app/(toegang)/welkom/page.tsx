import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { publicPage } from "#auth/page-door.ts"
import { LinkButton } from "#ui/button.tsx"
import { Field } from "#ui/field.tsx"
import { Notice } from "#ui/notice.tsx"
import { PublicShell } from "#ui/public-shell.tsx"
import { SubmitButton } from "#ui/submit-button.tsx"
import { PublicFoot } from "../public-foot.tsx"
import { askLinkByInvitationAction, lookAtInvitationAction, renewInvitationAction } from "./actions.ts"
import { WelcomeSteps } from "./welcome-steps.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("welcome"))("title") }
}

/** Where the link in the welcome mail leads: it tells where the invitation stands. Opening it uses nothing up; its button asks the mail with which a password is chosen. */
export default async function WelcomePage() {
  await publicPage()
  const t = await getTranslations("welcome")
  const closed = (state: "withdrawn" | "replaced" | "tries-used" | "no-proof" | "unknown") => (
    <Notice kind={state === "replaced" ? "info" : "bad"} title={t(`closed.${state}.title`)}>{t(`closed.${state}.text`)}</Notice>
  )
  const parts = {
    looking: <p role="status">{t("looking")}</p>,
    code: <Field name="token" label={t("code")} hint={t("codeHint")} autoComplete="off" autoCapitalize="none" spellCheck={false} required />,
    continue: <SubmitButton wide>{t("continue")}</SubmitButton>,
    inviter: t("inviter"),
    username: t("username"),
    ask: <SubmitButton wide>{t("ask")}</SubmitButton>,
    asked: <Notice kind="good" title={t("askedTitle")}><p>{t("asked")}</p><p>{t("noMail")}</p></Notice>,
    renew: <SubmitButton wide>{t("renew")}</SubmitButton>,
    renewed: <Notice kind="good" title={t("askedTitle")}><p>{t("renewed")}</p><p>{t("noMail")}</p></Notice>,
    expired: {
      renewable: <Notice kind="wait" title={t("expiredTitle")}>{t("expired")}</Notice>,
      final: <Notice kind="bad" title={t("expiredTitle")}>{t("expiredFinal")}</Notice>,
    },
    closed: {
      ...{ withdrawn: closed("withdrawn"), replaced: closed("replaced"), "tries-used": closed("tries-used"), "no-proof": closed("no-proof"), unknown: closed("unknown") },
      used: (
        <div className="stack full">
          <Notice title={t("usedTitle")}>{t("used")}</Notice>
          <LinkButton href="/aanmelden" look="primary">{t("toSignIn")}</LinkButton>
          <LinkButton href="/wachtwoord">{t("forgotten")}</LinkButton>
        </div>
      ),
    },
  }
  return (
    <PublicShell title={t("title")} lead={t("lead")} foot={<PublicFoot signIn />}>
      <WelcomeSteps lookAction={lookAtInvitationAction} askAction={askLinkByInvitationAction} renewAction={renewInvitationAction} parts={parts} />
    </PublicShell>
  )
}
