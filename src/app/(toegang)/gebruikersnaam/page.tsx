import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { publicPage } from "#auth/page-door.ts"
import { ActionForm } from "#ui/action-form.tsx"
import { Field } from "#ui/field.tsx"
import { Notice } from "#ui/notice.tsx"
import { PublicShell } from "#ui/public-shell.tsx"
import { SubmitButton } from "#ui/submit-button.tsx"
import { PublicFoot } from "../public-foot.tsx"
import { askUsernamesAction } from "./actions.ts"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("askUsernames"))("title") }
}

/** For who does not know any more by what name to sign in. */
export default async function AskUsernamesPage() {
  await publicPage()
  const t = await getTranslations("askUsernames")
  const done = (
    <Notice kind="good" title={t("doneTitle")}>
      <p>{t("done")}</p>
      <p>{t("noMail")}</p>
    </Notice>
  )
  return (
    <PublicShell title={t("title")} lead={t("lead")} foot={<PublicFoot signIn />}>
      <ActionForm action={askUsernamesAction} done={done}>
        <Field name="email" type="email" label={t("email")} hint={t("emailHint")} autoComplete="email" autoCapitalize="none" spellCheck={false} required />
        <SubmitButton wide>{t("submit")}</SubmitButton>
      </ActionForm>
    </PublicShell>
  )
}
