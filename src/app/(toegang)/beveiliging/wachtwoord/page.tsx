import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { pageForAll } from "#auth/page-door.ts"
import { ActionForm } from "#ui/action-form.tsx"
import { CheckField } from "#ui/field.tsx"
import { Notice } from "#ui/notice.tsx"
import { PasswordField } from "#ui/password-field.tsx"
import { PublicShell } from "#ui/public-shell.tsx"
import { SubmitButton } from "#ui/submit-button.tsx"
import { PublicFoot } from "../../public-foot.tsx"
import { changePasswordAction } from "../own-access-actions.ts"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("ownPassword"))("title") }
}

/** Another password, for who knows the one there is. */
export default async function OwnPasswordPage() {
  const { username } = await pageForAll()
  const t = await getTranslations("ownPassword")
  return (
    <PublicShell title={t("title")} foot={<PublicFoot signOut />}>
      <ActionForm action={changePasswordAction} done={<Notice kind="good" title={t("done")}>{t("doneText")}</Notice>}>
        <input type="text" name="username" value={username} autoComplete="username" readOnly hidden />
        <PasswordField name="current" label={t("current")} autoComplete="current-password" />
        <PasswordField name="password" label={t("password")} hint={t("hint")} autoComplete="new-password" />
        <CheckField name="others" value="yes" label={t("others")} hint={t("othersHint")} defaultChecked />
        <SubmitButton wide>{t("submit")}</SubmitButton>
      </ActionForm>
      <a href="/wachtwoord">{t("forgotten")}</a>
      <a href="/beveiliging">{t("back")}</a>
    </PublicShell>
  )
}
