import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { viewEmployeeCabinet } from "#domain/dossiers/view-cabinet.ts"
import { now } from "#platform/clock.ts"
import { letterName } from "#policy/person-name.ts"
import { idIn } from "#ui/asked.ts"
import { EmployeeCabinetView } from "#ui/cabinet-view.tsx"
import { dossierQuery } from "#ui/dossier-query.ts"
import { Access } from "../../../(gegevens)/access.tsx"
import { showBsnAction } from "../../../(gegevens)/show-bsn-action.ts"
import { PersonPayslipMails } from "../../../(loonpost)/payslip-mail.tsx"
import { Frame } from "../../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("cabinet"))("name") }
}

/** The dossier cabinet of one employee, as the employer sees it. */
export default async function EmployeeCabinetPage({ params, searchParams }: PageProps<"/werkgever/werknemers/[id]">) {
  const viewer = await pageFor("employer")
  const employeeId = idIn((await params).id)
  const query = dossierQuery(await searchParams)
  const cabinet = await forPage(viewEmployeeCabinet(viewer, { employeeId, year: query.year }, now()))
  const t = await getTranslations("people")
  return (
    <Frame viewer={viewer} current="employees">
      <EmployeeCabinetView
        cabinet={cabinet}
        here={`/werkgever/werknemers/${employeeId}`}
        filesAt="/werkgever/bestanden"
        back={{ href: "/werkgever/werknemers", label: t("title") }}
        query={query}
        viewerId={viewer.partyId}
        showBsnAction={showBsnAction}
        access={<><Access viewer={viewer} partyId={employeeId} name={letterName(cabinet.employee)} here={`/werkgever/werknemers/${employeeId}`} /><PersonPayslipMails viewer={viewer} employeeId={employeeId} here={`/werkgever/werknemers/${employeeId}`} /></>}
      />
    </Frame>
  )
}
