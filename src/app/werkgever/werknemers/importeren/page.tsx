import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { notFound } from "next/navigation"
import { forPage, pageFor } from "#auth/page-door.ts"
import { viewFrame } from "#domain/parties/view-frame.ts"
import { wordIn } from "#ui/asked.ts"
import { LinkButton } from "#ui/button.tsx"
import { ImportPage } from "#ui/import-page.tsx"
import { PageHead } from "#ui/page-head.tsx"
import { importPeopleAction, previewPeopleAction } from "../../../(inlezen)/people-actions.ts"
import { Frame } from "../../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("importPeople"))("title") }
}

/** Brings in the people of an employer that runs payroll itself; for one with an office, that office does it. */
export default async function ImportPeoplePage({ searchParams }: PageProps<"/werkgever/werknemers/importeren">) {
  const viewer = await pageFor("employer")
  if (!(await forPage(viewFrame(viewer))).runsPayroll) notFound()
  const { nieuw, gewijzigd } = await searchParams
  const t = await getTranslations()
  const links = <LinkButton href="/werkgever/werknemers">{t("importPeople.toEmployees")}</LinkButton>
  return (
    <Frame viewer={viewer} current="employees">
      <PageHead title={t("importPeople.title")} lead={t("importPeople.lead")} back={{ href: "/werkgever/werknemers", label: t("nav.employees") }} />
      <ImportPage employerId={null} preview={previewPeopleAction} store={importPeopleAction} links={links} stored={{ added: wordIn(nieuw), changed: wordIn(gewijzigd) }} />
    </Frame>
  )
}
