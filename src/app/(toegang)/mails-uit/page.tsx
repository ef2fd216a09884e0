import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { publicPage } from "#auth/page-door.ts"
import { ActionForm } from "#ui/action-form.tsx"
import { Field } from "#ui/field.tsx"
import { Notice } from "#ui/notice.tsx"
import { PublicShell } from "#ui/public-shell.tsx"
import { SubmitButton } from "#ui/submit-button.tsx"
import { PublicFoot } from "../public-foot.tsx"
import { switchMailsOffAction } from "./actions.ts"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("mailsOff"))("title") }
}

/** Where the receiver of a mail switches such mails off, without signing in. Opening it does nothing; its button does. */
export default async function MailsOffPage({ searchParams }: PageProps<"/mails-uit">) {
  await publicPage()
  const { code } = await searchParams
  const t = await getTranslations("mailsOff")
  return (
    <PublicShell title={t("title")} lead={t("lead")} foot={<PublicFoot signIn />}>
      <ActionForm action={switchMailsOffAction} done={<Notice kind="good" title={t("doneTitle")}>{t("done")}</Notice>}>
        {typeof code === "string" ? <input type="hidden" name="code" value={code} /> : <Field name="code" label={t("code")} hint={t("codeHint")} autoComplete="off" autoCapitalize="none" spellCheck={false} required />}
        <SubmitButton wide>{t("submit")}</SubmitButton>
      </ActionForm>
    </PublicShell>
  )
}
