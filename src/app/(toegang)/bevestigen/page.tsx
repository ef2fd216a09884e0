import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { pageForAll } from "#auth/page-door.ts"
import { ownPath } from "#policy/own-path.ts"
import { ActionForm } from "#ui/action-form.tsx"
import { PasswordField } from "#ui/password-field.tsx"
import { PublicShell } from "#ui/public-shell.tsx"
import { SubmitButton } from "#ui/submit-button.tsx"
import { PublicFoot } from "../public-foot.tsx"
import { confirmByPasswordAction } from "./confirm-actions.ts"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("confirmHolder"))("title") }
}

/** Proving once more who one is, before something of how one gets in changes. `naar` is where one goes on. */
export default async function ConfirmHolderPage({ searchParams }: PageProps<"/bevestigen">) {
  const viewer = await pageForAll({ settingUp: true })
  const t = await getTranslations("confirmHolder")
  const { naar } = await searchParams
  return (
    <PublicShell title={t("title")} lead={t("lead")} foot={<PublicFoot />}>
      <ActionForm action={confirmByPasswordAction}>
        <input type="hidden" name="next" value={ownPath(naar)} />
        <input type="text" name="username" value={viewer.username} autoComplete="username" readOnly hidden />
        <PasswordField name="current" label={t("password")} autoComplete="current-password" />
        <SubmitButton wide>{t("submit")}</SubmitButton>
      </ActionForm>
      <a href="/wachtwoord">{t("forgotten")}</a>
      <a href={viewer.mustSetUp ? "/beveiliging/verplicht" : "/beveiliging"}>{t("back")}</a>
    </PublicShell>
  )
}
