import { getTranslations } from "next-intl/server"
import type { ClientView } from "#domain/parties/list-clients.ts"
import { AccessTag } from "./access-tag.tsx"
import { type Column, DataTable } from "./data-table.tsx"
import { FileSection } from "./file-section.tsx"
import { sought } from "./file-order.ts"

/** "Werkgevers (n)": the clients of an office, by name. */
export async function ClientList({ clients, query }: { clients: readonly ClientView[]; query: string }) {
  const t = await getTranslations()
  const href = (client: ClientView) => `/kantoor/werkgevers/${client.id}`
  const columns: Column<ClientView>[] = [
    { title: t("clients.name"), card: "name", cell: (one) => <a href={href(one)}>{one.name}</a> },
    { title: t("clients.number"), card: "line", labelled: true, cell: (one) => one.number },
    { title: t("clients.wageTaxNumber"), card: "line", cell: (one) => one.wageTaxNumber },
    { title: t("clients.city"), card: "line", cell: (one) => one.city },
    { title: t("clients.employees"), card: "line", labelled: true, numeric: true, cell: (one) => one.employees },
    { title: t("clients.access"), card: "tag", cell: (one) => <AccessTag access={one.access} /> },
  ]
  const rows = sought(clients.map((one) => ({ ...one, title: `${one.name} ${one.number} ${one.wageTaxNumber} ${one.city}` })), query)
  return (
    <FileSection id="werkgevers" title={t("clients.title")} count={clients.length} find="page" query={{ name: "q", value: query }}>
      <DataTable caption={t("clients.title")} columns={columns} rows={rows} keyOf={(one) => one.id} />
    </FileSection>
  )
}
