import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { listAskingEmployers } from "#domain/moves/accept-employer.ts"
import { listClientPage } from "#domain/parties/list-client-page.ts"
import { now } from "#platform/clock.ts"
import { mayChange } from "#policy/ranks.ts"
import { AskingEmployers } from "#ui/asking-employers.tsx"
import { LinkButton } from "#ui/button.tsx"
import { ClientList } from "#ui/client-list.tsx"
import { EmptyState } from "#ui/empty-state.tsx"
import { InviteAll } from "#ui/invite-all.tsx"
import { InvitedNotice } from "#ui/invited-notice.tsx"
import { PageHead } from "#ui/page-head.tsx"
import { rosterQuery } from "#ui/roster-query.ts"
import { inviteAllClientsAction } from "../../(gegevens)/invite-all-actions.ts"
import { Frame } from "../frame.tsx"
import { acceptEmployerAction, declineEmployerAction } from "./move-actions.ts"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("clients"))("title") }
}

/** "Werkgevers": the clients of the office. */
export default async function ClientsPage({ searchParams }: PageProps<"/kantoor/werkgevers">) {
  const viewer = await pageFor("office")
  const asked = await searchParams
  const query = rosterQuery(asked, "/kantoor/werkgevers", ["naam", "nr", "plaats"])
  const [found, asking] = await Promise.all([forPage(listClientPage(viewer, query, now())), forPage(listAskingEmployers(viewer))])
  const t = await getTranslations("clients")
  const may = mayChange(viewer.rank)
  const add = may && <LinkButton look="primary" icon="add" href="/kantoor/werkgevers/nieuw">{t("add")}</LinkButton>
  return (
    <Frame viewer={viewer} current="employers" wide>
      <PageHead title={t("title")} actions={found.counts.total > 0 && may && <><InviteAll counts={found.counts} kind="employer" action={inviteAllClientsAction} fields={{}} />{add}</>} />
      <InvitedNotice asked={asked.uitgenodigd} />
      <AskingEmployers employers={may ? asking : []} acceptAction={acceptEmployerAction} declineAction={declineEmployerAction} />
      {found.counts.total > 0 ? <ClientList found={found} query={query} /> : <EmptyState title={t("empty")} action={add}>{t("emptyLead")}</EmptyState>}
    </Frame>
  )
}
