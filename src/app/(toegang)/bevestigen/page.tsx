import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { pageForAll, setUpAt } from "#auth/page-door.ts"
import { viewSecurity } from "#domain/second-steps/view-security.ts"
import { innerPath } from "#policy/inner-path.ts"
import { ActionForm } from "#ui/action-form.tsx"
import { wordIn } from "#ui/asked.ts"
import { Field } from "#ui/field.tsx"
import { PasskeySignIn } from "#ui/passkey-button.tsx"
import { PasswordField } from "#ui/password-field.tsx"
import { PublicShell } from "#ui/public-shell.tsx"
import { SubmitButton } from "#ui/submit-button.tsx"
import { PublicFoot } from "../public-foot.tsx"
import { askOwnPasskeyAction, confirmByPasskeyAction, confirmByPasswordAction } from "./confirm-actions.ts"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("confirmHolder"))("title") }
}

/** Where one proves once more to be the holder of the account, before changing how one gets in: by as much as signing in asks. */
export default async function ConfirmHolderPage({ searchParams }: PageProps<"/bevestigen">) {
  const viewer = await pageForAll({ settingUp: true })
  const { naar } = await searchParams
  const { hasPassword, codeAppSince, recoveryLeft, passkeys } = await viewSecurity(viewer)
  const t = await getTranslations("confirmHolder")
  const to = innerPath(wordIn(naar)) ?? "/beveiliging"
  const hasCodes = codeAppSince !== null || recoveryLeft > 0
  const byPassword = hasPassword && (hasCodes || passkeys.length === 0)
  return (
    <PublicShell title={t("title")} lead={t("lead")} foot={<PublicFoot signOut />}>
      {passkeys.length > 0 && <PasskeySignIn askAction={askOwnPasskeyAction} answerAction={confirmByPasskeyAction} words={{ label: t("passkey"), cancelled: t("cancelled") }} fields={{ naar: to }} />}
      {byPassword && (
        <ActionForm action={confirmByPasswordAction} label={t("byPassword")}>
          <input type="hidden" name="naar" value={to} />
          <input type="text" name="username" value={viewer.username} autoComplete="username" readOnly hidden />
          <PasswordField name="current" label={t("password")} autoComplete="current-password" />
          {hasCodes && <Field name="code" label={t("code")} hint={t(codeAppSince ? "codeHint" : "recoveryHint")} autoComplete="one-time-code" autoCapitalize="characters" spellCheck={false} required />}
          <SubmitButton wide>{t("byPassword")}</SubmitButton>
        </ActionForm>
      )}
      {byPassword && <a href="/wachtwoord">{t("forgotten")}</a>}
      <a href={viewer.mustSetUp ? setUpAt : "/beveiliging"}>{t("back")}</a>
    </PublicShell>
  )
}
