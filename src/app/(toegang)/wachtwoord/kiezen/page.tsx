import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { publicPage } from "#auth/page-door.ts"
import { LinkButton } from "#ui/button.tsx"
import { Field } from "#ui/field.tsx"
import { Notice } from "#ui/notice.tsx"
import { PasswordField } from "#ui/password-field.tsx"
import { PublicShell } from "#ui/public-shell.tsx"
import { SubmitButton } from "#ui/submit-button.tsx"
import { keepLinkAction } from "../../koppelen/link-actions.ts"
import { PublicFoot } from "../../public-foot.tsx"
import { choosePasswordAction, lookAtLinkAction } from "./actions.ts"
import { LinkSteps } from "./link-steps.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("choosePassword"))("title") }
}

export default async function ChoosePasswordPage() {
  await publicPage()
  const t = await getTranslations("choosePassword")
  const username = { name: "username", autoComplete: "username", autoCapitalize: "none", spellCheck: false, required: true } as const
  const closed = (state: "used" | "expired" | "ended" | "unknown" | "no-proof") => (
    <div className="stack">
      <Notice kind={state === "used" ? "info" : "bad"} title={t(`closed.${state}.title`)}>{t(`closed.${state}.text`)}</Notice>
      {state === "used" && <LinkButton href="/aanmelden" look="primary">{t("toSignIn")}</LinkButton>}
      <LinkButton href="/wachtwoord" look={state === "used" ? "quiet" : "primary"}>{t("askNew")}</LinkButton>
    </div>
  )
  const parts = {
    looking: <p role="status">{t("looking")}</p>,
    code: <Field name="token" label={t("code")} hint={t("codeHint")} autoComplete="off" autoCapitalize="none" spellCheck={false} required />,
    continue: <SubmitButton wide>{t("continue")}</SubmitButton>,
    proof: {
      "birth-date": <Field name="proof" label={t("birthDate")} hint={t("birthDateHint")} inputMode="numeric" autoComplete="bday" placeholder={t("birthDateShape")} short required />,
      "wage-tax-number": <Field name="proof" label={t("wageTaxNumber")} hint={t("wageTaxNumberHint")} autoComplete="off" required />,
      none: null,
      either: <Field name="proof" label={t("either")} hint={t("eitherHint")} autoComplete="off" />,
    },
    username: {
      free: <Field {...username} label={t("username")} hint={t("usernameHint")} />,
      fixed: <Field {...username} label={t("username")} hint={t("usernameFixed")} readOnly />,
    },
    password: (
      <>
        <PasswordField name="password" label={t("password")} hint={t("passwordHint")} autoComplete="new-password" />
        <SubmitButton wide>{t("submit")}</SubmitButton>
      </>
    ),
    linking: (
      <>
        <p>{t("haveAccount")}</p>
        <SubmitButton look="quiet" wide>{t("addToAccount")}</SubmitButton>
      </>
    ),
    closed: { used: closed("used"), expired: closed("expired"), ended: closed("ended"), unknown: closed("unknown"), "no-proof": closed("no-proof") },
  }
  return (
    <PublicShell title={t("title")} lead={t("lead")} foot={<PublicFoot signIn />}>
      <LinkSteps lookAction={lookAtLinkAction} chooseAction={choosePasswordAction} keepAction={keepLinkAction} parts={parts} />
    </PublicShell>
  )
}
