import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { listClients } from "#domain/parties/list-clients.ts"
import { wordIn } from "#ui/asked.ts"
import { LinkButton } from "#ui/button.tsx"
import { ClientList } from "#ui/client-list.tsx"
import { EmptyState } from "#ui/empty-state.tsx"
import { PageHead } from "#ui/page-head.tsx"
import { Frame } from "../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("clients"))("title") }
}

/** "Werkgevers": the clients of the office. */
export default async function ClientsPage({ searchParams }: PageProps<"/kantoor/werkgevers">) {
  const viewer = await pageFor("office")
  const { q } = await searchParams
  const clients = await forPage(listClients(viewer))
  const t = await getTranslations("clients")
  const add = <LinkButton look="primary" icon="add" href="/kantoor/werkgevers/nieuw">{t("add")}</LinkButton>
  return (
    <Frame viewer={viewer} current="employers" wide>
      <PageHead title={t("title")} actions={clients.length > 0 && add} />
      {clients.length > 0 ? <ClientList clients={clients} query={wordIn(q)} /> : <EmptyState title={t("empty")} action={add}>{t("emptyLead")}</EmptyState>}
    </Frame>
  )
}
