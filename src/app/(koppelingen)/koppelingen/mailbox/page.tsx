import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { notFound } from "next/navigation"
import { askConfirmed, homeOf, pageForAll } from "#auth/page-door.ts"
import { ActionForm } from "#ui/action-form.tsx"
import { wordIn } from "#ui/asked.ts"
import { CalmPage } from "#ui/calm-page.tsx"
import { SubmitButton } from "#ui/submit-button.tsx"
import { finishConsentAction } from "../../mailbox-actions.ts"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("mailbox"))("finish") }
}

/** Where Microsoft and Google send somebody back to who connected a mailbox: one press finishes it. Without what they send along it is the way to the own mailbox. */
export default async function FinishConsentPage({ searchParams }: PageProps<"/koppelingen/mailbox">) {
  const viewer = await pageForAll()
  if (viewer.kind === "employee") notFound()
  const { state, code } = await searchParams
  const here = `${homeOf[viewer.kind]}/koppelingen/mailbox`
  if (state) await askConfirmed(viewer, here)
  const t = await getTranslations("mailbox")
  const given = state ? wordIn(code) : ""
  return (
    <CalmPage title={t(given ? "finish" : state ? "finishRefused" : "title")} lead={t(given ? "finishLead" : state ? "troubles.reconnect.next" : "lead")}>
      {given ? (
        <ActionForm action={finishConsentAction} label={t("finish")}>
          <input type="hidden" name="stateToken" value={wordIn(state)} />
          <input type="hidden" name="codeToken" value={given} />
          <SubmitButton>{t("finishButton")}</SubmitButton>
        </ActionForm>
      ) : (
        <a href={here}>{t("toMailbox")}</a>
      )}
    </CalmPage>
  )
}
