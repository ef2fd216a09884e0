import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { listEmployees } from "#domain/parties/list-employees.ts"
import { now } from "#platform/clock.ts"
import { mayChange } from "#policy/ranks.ts"
import { idIn } from "#ui/asked.ts"
import { LinkButton } from "#ui/button.tsx"
import { EmployeesView } from "#ui/employees-view.tsx"
import { InviteAll } from "#ui/invite-all.tsx"
import { InvitedNotice } from "#ui/invited-notice.tsx"
import { PageHead } from "#ui/page-head.tsx"
import { rosterQuery } from "#ui/roster-query.ts"
import { inviteAllPeopleAction } from "../../../../(gegevens)/invite-all-actions.ts"
import { showBsnAction } from "../../../../(gegevens)/show-bsn-action.ts"
import { Frame } from "../../../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("title") }
}

/** The employees of a client. */
export default async function ClientEmployeesPage({ params, searchParams }: PageProps<"/kantoor/werkgevers/[id]/werknemers">) {
  const viewer = await pageFor("office")
  const employerId = idIn((await params).id)
  const here = `/kantoor/werkgevers/${employerId}/werknemers`
  const asked = await searchParams
  const query = rosterQuery(asked, here, ["naam", "nr", "geboren"])
  const employees = await forPage(listEmployees(viewer, { ...query, employerId }, now()))
  const t = await getTranslations()
  return (
    <Frame viewer={viewer} current="employers" wide>
      <PageHead
        title={t("people.title")}
        back={{ href: `/kantoor/werkgevers/${employerId}`, label: employees.employer.name }}
        actions={mayChange(viewer.rank) && (
          <>
            <InviteAll counts={employees.counts} kind="employee" action={inviteAllPeopleAction} fields={{ employerId }} />
            <LinkButton href={`${here}/importeren`} icon="add" look={employees.counts.total === 0 ? "primary" : "quiet"}>{t("people.import")}</LinkButton>
          </>
        )}
      />
      <InvitedNotice asked={asked.uitgenodigd} />
      <EmployeesView employees={employees} here={here} query={query} showBsnAction={showBsnAction} empty={t("people.emptySelf")} />
    </Frame>
  )
}
