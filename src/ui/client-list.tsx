import { getLocale, getTranslations } from "next-intl/server"
import type { ClientPage, ListClientPageInput } from "#domain/parties/list-client-page.ts"
import { AccessTag } from "./access-tag.tsx"
import { countText } from "./amounts.ts"
import { type Column, DataTable } from "./data-table.tsx"
import { EmptyState } from "./empty-state.tsx"
import { FileSection } from "./file-section.tsx"
import { PageLinks } from "./page-links.tsx"
import { rosterHref, type RosterQuery } from "./roster-query.ts"
import { StateChips } from "./state-chips.tsx"

type Client = ClientPage["clients"][number]

const here = "/kantoor/werkgevers"

/** "Werkgevers (n)": the clients of an office, by name, in pages. */
export async function ClientList({ found: { clients, counts, total, page, pages, perPage }, query }: { found: ClientPage; query: RosterQuery<ListClientPageInput["order"]> }) {
  const t = await getTranslations()
  const locale = await getLocale()
  const sort = (by: ListClientPageInput["order"]) => {
    const isNow = query.order === by
    const order = isNow ? (query.isFalling ? ("descending" as const) : ("ascending" as const)) : undefined
    return { href: rosterHref(here, query, { op: isNow && !query.isFalling ? `-${by}` : by }), ...(order ? { order } : {}) }
  }
  const columns: Column<Client>[] = [
    { title: t("clients.name"), card: "name", sort: sort("naam"), cell: (one) => <a href={`${here}/${one.id}`}>{one.name}</a> },
    { title: t("clients.number"), card: "line", labelled: true, sort: sort("nr"), cell: (one) => one.number },
    { title: t("clients.wageTaxNumber"), card: "line", cell: (one) => one.wageTaxNumber },
    { title: t("clients.city"), card: "line", sort: sort("plaats"), cell: (one) => one.city },
    { title: t("clients.employees"), card: "line", labelled: true, numeric: true, cell: (one) => countText(one.employees, locale) },
    { title: t("clients.access"), card: "tag", cell: (one) => <AccessTag state={one.state} kind="employer" /> },
  ]
  const first = (page - 1) * perPage + 1
  const keep = Object.fromEntries(Object.entries({ toegang: query.state ?? "", op: query.op }).filter(([, value]) => value !== ""))
  return (
    <FileSection id="werkgevers" title={t("clients.all")} count={counts.total} find="server" query={{ name: "q", value: query.text }} keep={keep}>
      <StateChips counts={counts} kind="employer" current={query.state} hrefOf={(state) => rosterHref(here, query, { state })} />
      {clients.length > 0 ? <DataTable caption={t("clients.title")} columns={columns} rows={clients} keyOf={(one) => one.id} /> : <EmptyState title={t("ui.find.none")} />}
      <PageLinks from={first} to={first + clients.length - 1} total={total} page={page} pages={pages} hrefOf={(number) => rosterHref(here, query, { page: number })} />
    </FileSection>
  )
}
