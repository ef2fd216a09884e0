import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { listEmployees } from "#domain/parties/list-employees.ts"
import { viewOwnData } from "#domain/parties/view-own-data.ts"
import { now } from "#platform/clock.ts"
import { mayChange } from "#policy/ranks.ts"
import { LinkButton } from "#ui/button.tsx"
import { EmployeesView } from "#ui/employees-view.tsx"
import { PageHead } from "#ui/page-head.tsx"
import { rosterQuery } from "#ui/roster-query.ts"
import { showBsnAction } from "../../(gegevens)/show-bsn-action.ts"
import { Frame } from "../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("title") }
}

/** "Werknemers": an employer's people. One that runs payroll itself can read them in. */
export default async function EmployeesPage({ searchParams }: PageProps<"/werkgever/werknemers">) {
  const viewer = await pageFor("employer")
  const query = rosterQuery(await searchParams, "/werkgever/werknemers", ["naam", "nr", "geboren"])
  const [employees, own] = await Promise.all([forPage(listEmployees(viewer, { ...query, employerId: null }, now())), forPage(viewOwnData(viewer))])
  const t = await getTranslations("people")
  const runsPayroll = own.kind === "employer" && own.officeName === null
  const toImport = runsPayroll && mayChange(viewer.rank) && <LinkButton href="/werkgever/werknemers/importeren" icon="add">{t("import")}</LinkButton>
  return (
    <Frame viewer={viewer} current="employees" wide>
      <PageHead title={t("title")} lead={t("leadEmployer")} actions={toImport} />
      <EmployeesView employees={employees} here="/werkgever/werknemers" query={query} showBsnAction={showBsnAction} empty={t(runsPayroll ? "emptySelf" : "emptyEmployer")} />
    </Frame>
  )
}
