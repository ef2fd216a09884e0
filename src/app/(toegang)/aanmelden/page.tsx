import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { keptBriefly } from "#auth/brief-cookie.ts"
import { homeOf, publicPage } from "#auth/page-door.ts"
import { ActionForm } from "#ui/action-form.tsx"
import { LinkButton } from "#ui/button.tsx"
import { Field } from "#ui/field.tsx"
import { Notice } from "#ui/notice.tsx"
import { PasswordField } from "#ui/password-field.tsx"
import { PublicShell } from "#ui/public-shell.tsx"
import { SubmitButton } from "#ui/submit-button.tsx"
import { PublicFoot } from "../public-foot.tsx"
import { signOutAction } from "../sign-out.ts"
import { signInAction } from "./actions.ts"
import { PasskeyEntry } from "./passkey-sign-in.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("signIn"))("title") }
}

export default async function SignInPage() {
  const viewer = await publicPage()
  const t = await getTranslations("signIn")
  if (viewer) {
    return (
      <PublicShell title={t("alreadyTitle")} lead={t("alreadyLead", { username: viewer.username })} foot={<PublicFoot />}>
        <LinkButton look="primary" href={homeOf[viewer.kind]}>{t("toPortal")}</LinkButton>
        <form action={signOutAction}>
          <SubmitButton look="quiet" wide>{t("other")}</SubmitButton>
        </form>
      </PublicShell>
    )
  }
  return (
    <PublicShell title={t("title")} lead={t("lead")} foot={<PublicFoot />}>
      {(await keptBriefly("koppel")) && <Notice still>{t("thenLinking")}</Notice>}
      <ActionForm action={signInAction}>
        <Field name="username" label={t("username")} autoComplete="username" autoCapitalize="none" spellCheck={false} required />
        <PasswordField name="password" label={t("password")} autoComplete="current-password" />
        <SubmitButton wide>{t("submit")}</SubmitButton>
      </ActionForm>
      <PasskeyEntry />
      <a href="/wachtwoord">{t("forgotten")}</a>
      <a href="/gebruikersnaam">{t("forgottenUsername")}</a>
    </PublicShell>
  )
}
