import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { listEmployees } from "#domain/parties/list-employees.ts"
import { viewOwnData } from "#domain/parties/view-own-data.ts"
import { now } from "#platform/clock.ts"
import { mayChange } from "#policy/ranks.ts"
import { LinkButton } from "#ui/button.tsx"
import { EmployeesView } from "#ui/employees-view.tsx"
import { InviteAll } from "#ui/invite-all.tsx"
import { InvitedNotice } from "#ui/invited-notice.tsx"
import { PageHead } from "#ui/page-head.tsx"
import { rosterQuery } from "#ui/roster-query.ts"
import { inviteAllPeopleAction } from "../../(gegevens)/invite-all-actions.ts"
import { showBsnAction } from "../../(gegevens)/show-bsn-action.ts"
import { Frame } from "../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("title") }
}

/** "Werknemers": an employer's people. One that runs payroll itself can read them in. */
export default async function EmployeesPage({ searchParams }: PageProps<"/werkgever/werknemers">) {
  const viewer = await pageFor("employer")
  const asked = await searchParams
  const query = rosterQuery(asked, "/werkgever/werknemers", ["naam", "nr", "geboren"])
  const [employees, own] = await Promise.all([forPage(listEmployees(viewer, { ...query, employerId: null }, now())), forPage(viewOwnData(viewer))])
  const t = await getTranslations("people")
  const mailsTitle = (await getTranslations("mailList"))("title")
  const runsPayroll = own.kind === "employer" && own.officeName === null
  const may = mayChange(viewer.rank)
  const toImport = runsPayroll && may && <LinkButton href="/werkgever/werknemers/importeren" icon="add">{t("import")}</LinkButton>
  return (
    <Frame viewer={viewer} current="employees" wide>
      <PageHead title={t("title")} lead={t("leadEmployer")} actions={may && <><InviteAll counts={employees.counts} kind="employee" action={inviteAllPeopleAction} fields={{ employerId: viewer.partyId }} />{toImport}<LinkButton href="/werkgever/mails">{mailsTitle}</LinkButton></>} />
      <InvitedNotice asked={asked.uitgenodigd} />
      <EmployeesView employees={employees} here="/werkgever/werknemers" query={query} showBsnAction={showBsnAction} empty={t(runsPayroll ? "emptySelf" : "emptyEmployer")} />
    </Frame>
  )
}
