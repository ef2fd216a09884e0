import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { keptBriefly } from "#auth/brief-cookie.ts"
import { publicPage } from "#auth/page-door.ts"
import { viewPending } from "#domain/second-steps/pass-second-step.ts"
import { now } from "#platform/clock.ts"
import { ActionForm } from "#ui/action-form.tsx"
import { LinkButton } from "#ui/button.tsx"
import { Field } from "#ui/field.tsx"
import { Notice } from "#ui/notice.tsx"
import { PublicShell } from "#ui/public-shell.tsx"
import { SubmitButton } from "#ui/submit-button.tsx"
import { PublicFoot } from "../../public-foot.tsx"
import { PasskeyEntry } from "../passkey-sign-in.tsx"
import { secondStepAction } from "../second-step-actions.ts"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("secondStep"))("title") }
}

/** Asks the second step of who gave a right password. */
export default async function SecondStepPage() {
  await publicPage()
  const t = await getTranslations("secondStep")
  const pending = await viewPending(await keptBriefly("stap"), now())
  if (!pending) {
    return (
      <PublicShell title={t("title")} foot={<PublicFoot />}>
        <Notice still title={t("overTitle")}>{t("over")}</Notice>
        <LinkButton look="primary" href="/aanmelden">{t("again")}</LinkButton>
      </PublicShell>
    )
  }
  const { hasCodeApp, hasPasskey } = pending
  return (
    <PublicShell title={t("title")} lead={t(hasCodeApp ? "lead" : "leadPasskey")} foot={<PublicFoot signIn />}>
      {hasPasskey && <PasskeyEntry />}
      <ActionForm action={secondStepAction}>
        <Field name="code" label={t(hasCodeApp ? "code" : "recoveryCode")} hint={t(hasCodeApp ? "codeHint" : "recoveryHint")} autoComplete="one-time-code" autoCapitalize="characters" spellCheck={false} required />
        <SubmitButton wide>{t("submit")}</SubmitButton>
      </ActionForm>
    </PublicShell>
  )
}
