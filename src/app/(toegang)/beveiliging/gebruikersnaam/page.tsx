import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { confirmedPage } from "#auth/page-door.ts"
import { mayChangeUsername } from "#domain/accounts/change-username.ts"
import { ActionForm } from "#ui/action-form.tsx"
import { Field } from "#ui/field.tsx"
import { Notice } from "#ui/notice.tsx"
import { PublicShell } from "#ui/public-shell.tsx"
import { SubmitButton } from "#ui/submit-button.tsx"
import { PublicFoot } from "../../public-foot.tsx"
import { changeUsernameAction } from "../own-access-actions.ts"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("ownUsername"))("title") }
}

/** Another username; an office goes by its client number. */
export default async function OwnUsernamePage({ searchParams }: PageProps<"/beveiliging/gebruikersnaam">) {
  const viewer = await confirmedPage("/beveiliging/gebruikersnaam")
  const t = await getTranslations("ownUsername")
  const { gewijzigd } = await searchParams
  const mayChange = await mayChangeUsername(viewer)
  const { username } = viewer
  return (
    <PublicShell title={t("title")} lead={mayChange && gewijzigd === undefined ? t("lead", { username }) : undefined} foot={<PublicFoot signOut />}>
      {gewijzigd !== undefined && <Notice kind="good" title={t("done")}>{t("doneText", { username })}</Notice>}
      {!mayChange && <Notice still>{t("fixed")}</Notice>}
      {mayChange && gewijzigd === undefined && (
        <ActionForm action={changeUsernameAction}>
          <Field name="username" label={t("username")} hint={t("hint")} autoComplete="username" autoCapitalize="none" spellCheck={false} required />
          <SubmitButton wide>{t("submit")}</SubmitButton>
        </ActionForm>
      )}
      <a href="/beveiliging">{t("back")}</a>
    </PublicShell>
  )
}
