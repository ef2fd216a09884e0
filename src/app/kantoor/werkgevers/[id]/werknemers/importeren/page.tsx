import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { listEmployees } from "#domain/parties/list-employees.ts"
import { now } from "#platform/clock.ts"
import { ActionForm } from "#ui/action-form.tsx"
import { idIn, wordIn } from "#ui/asked.ts"
import { LinkButton } from "#ui/button.tsx"
import { ImportPage } from "#ui/import-page.tsx"
import { PageHead } from "#ui/page-head.tsx"
import { SubmitButton } from "#ui/submit-button.tsx"
import { importPeopleAction, previewPeopleAction } from "../../../../../(inlezen)/people-actions.ts"
import { startDeliveryAction } from "../../../../../(zendingen)/delivery-actions.ts"
import { Frame } from "../../../../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("importPeople"))("title") }
}

/** Brings in the employees of a client. */
export default async function ImportPeoplePage({ params, searchParams }: PageProps<"/kantoor/werkgevers/[id]/werknemers/importeren">) {
  const viewer = await pageFor("office")
  const employerId = idIn((await params).id)
  const { employer } = await forPage(listEmployees(viewer, { employerId, page: 1 }, now()))
  const { nieuw, gewijzigd } = await searchParams
  const t = await getTranslations()
  const links = (
    <>
      <LinkButton href={`/kantoor/werkgevers/${employerId}/werknemers`}>{t("importPeople.toEmployees")}</LinkButton>
      <ActionForm action={startDeliveryAction} className="inline">
        <input type="hidden" name="employerId" value={employerId} />
        <SubmitButton look="quiet">{t("importPeople.toDelivery")}</SubmitButton>
      </ActionForm>
    </>
  )
  return (
    <Frame viewer={viewer} current="employers">
      <PageHead title={t("importPeople.title")} lead={t("importPeople.lead")} back={{ href: `/kantoor/werkgevers/${employerId}`, label: employer.name }} />
      <ImportPage employerId={employerId} preview={previewPeopleAction} store={importPeopleAction} links={links} stored={{ added: wordIn(nieuw), changed: wordIn(gewijzigd) }} />
    </Frame>
  )
}
