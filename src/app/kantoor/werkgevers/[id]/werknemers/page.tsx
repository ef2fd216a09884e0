import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { listEmployees } from "#domain/parties/list-employees.ts"
import { idIn, numberIn, wordIn } from "#ui/asked.ts"
import { LinkButton } from "#ui/button.tsx"
import { EmployeesView } from "#ui/employees-view.tsx"
import { PageHead } from "#ui/page-head.tsx"
import { showBsnAction } from "../../../../(gegevens)/show-bsn-action.ts"
import { Frame } from "../../../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("title") }
}

/** The employees of a client. */
export default async function ClientEmployeesPage({ params, searchParams }: PageProps<"/kantoor/werkgevers/[id]/werknemers">) {
  const viewer = await pageFor("office")
  const employerId = idIn((await params).id)
  const { q, pagina } = await searchParams
  const employees = await forPage(listEmployees(viewer, { employerId, page: numberIn(pagina) ?? 1 }))
  const t = await getTranslations()
  const here = `/kantoor/werkgevers/${employerId}/werknemers`
  return (
    <Frame viewer={viewer} current="employers" wide>
      <PageHead
        title={t("people.title")}
        lead={employees.employer.name}
        back={{ href: `/kantoor/werkgevers/${employerId}`, label: employees.employer.name }}
        actions={<LinkButton href={`${here}/importeren`} icon="add" look={employees.total === 0 ? "primary" : "quiet"}>{t("people.import")}</LinkButton>}
      />
      <EmployeesView employees={employees} here={here} query={wordIn(q)} showBsnAction={showBsnAction} empty={t("people.emptySelf")} />
    </Frame>
  )
}
