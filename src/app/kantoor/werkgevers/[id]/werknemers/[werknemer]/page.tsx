import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { viewEmployeeCabinet } from "#domain/dossiers/view-cabinet.ts"
import { now } from "#platform/clock.ts"
import { letterName } from "#policy/person-name.ts"
import { idIn } from "#ui/asked.ts"
import { EmployeeCabinetView } from "#ui/cabinet-view.tsx"
import { dossierQuery } from "#ui/dossier-query.ts"
import { Access } from "../../../../../(gegevens)/access.tsx"
import { showBsnAction } from "../../../../../(gegevens)/show-bsn-action.ts"
import { PersonPayslipMails } from "../../../../../(loonpost)/payslip-mail.tsx"
import { Frame } from "../../../../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("cabinet"))("name") }
}

/** The dossier cabinet of one employee of a client, as the office sees it. */
export default async function ClientEmployeePage({ params, searchParams }: PageProps<"/kantoor/werkgevers/[id]/werknemers/[werknemer]">) {
  const viewer = await pageFor("office")
  const { id, werknemer } = await params
  const [employerId, employeeId] = [idIn(id), idIn(werknemer)]
  const query = dossierQuery(await searchParams)
  const cabinet = await forPage(viewEmployeeCabinet(viewer, { employeeId, year: query.year }, now()))
  if (cabinet.employer.id !== employerId) notFound()
  const t = await getTranslations("people")
  const list = `/kantoor/werkgevers/${employerId}/werknemers`
  return (
    <Frame viewer={viewer} current="employers">
      <EmployeeCabinetView
        cabinet={cabinet}
        here={`${list}/${employeeId}`}
        filesAt="/kantoor/bestanden"
        back={{ href: list, label: t("title") }}
        query={query}
        viewerId={viewer.partyId}
        showBsnAction={showBsnAction}
        access={<><Access viewer={viewer} partyId={employeeId} name={letterName(cabinet.employee)} here={`${list}/${employeeId}`} /><PersonPayslipMails viewer={viewer} employeeId={employeeId} here={`${list}/${employeeId}`} /></>}
      />
    </Frame>
  )
}
