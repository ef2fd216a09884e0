import { getTranslations } from "next-intl/server"
import type { ReactNode } from "react"
import type { Action } from "#auth/action-door.ts"
import type { EmployeesView as Employees, RosterOrder } from "#domain/parties/list-employees.ts"
import { listName } from "#policy/person-name.ts"
import { AccessTag } from "./access-tag.tsx"
import { Bsn, BsnForm, type ShownBsn } from "./bsn.tsx"
import { type Column, DataTable } from "./data-table.tsx"
import { calendarDateText } from "./dates.ts"
import { EmptyState } from "./empty-state.tsx"
import { FileSection } from "./file-section.tsx"
import { PageLinks } from "./page-links.tsx"
import { rosterHref, type RosterQuery } from "./roster-query.ts"
import { StateChips } from "./state-chips.tsx"

type Props = {
  employees: Employees
  /** The address of this page; a person's cabinet is one step below it. */
  here: string
  query: RosterQuery<RosterOrder>
  showBsnAction: Action<ShownBsn>
  tools?: ReactNode
  /** What to do when there is nobody yet. */
  empty: ReactNode
}

/** "Werknemers (17)": sorted on the core surname, with the state of access and each person's dossier cabinet. */
export async function EmployeesView({ employees: { total, counts, page, pages, perPage, employees }, here, query, showBsnAction, tools, empty }: Props) {
  const t = await getTranslations()
  type Row = (typeof employees)[number]
  const sort = (by: RosterOrder) => {
    const isNow = query.order === by
    const order = isNow ? (query.isFalling ? ("descending" as const) : ("ascending" as const)) : undefined
    return { href: rosterHref(here, query, { op: isNow && !query.isFalling ? `-${by}` : by }), ...(order ? { order } : {}) }
  }
  const columns: Column<Row>[] = [
    { title: t("people.number"), card: "line", numeric: true, labelled: true, sort: sort("nr"), cell: (one) => one.number },
    { title: t("people.name"), card: "name", sort: sort("naam"), cell: (one) => <a href={`${here}/${one.id}`}>{listName(one)}</a> },
    { title: t("people.birthDate"), card: "line", labelled: true, sort: sort("geboren"), cell: (one) => one.birthDate && <span className="nowrap">{calendarDateText(one.birthDate.toISOString())}</span> },
    { title: t("people.bsn"), card: "line", labelled: true, cell: (one) => (one.hasBsn ? <Bsn of={one.id} show={t("ownData.show")} label={t("ownData.showBsnOf", { name: listName(one) })} /> : "–") },
    { title: t("people.email"), card: "line", cell: (one) => one.contactEmail },
    { title: t("people.access"), card: "tag", cell: (one) => <AccessTag state={one.state} kind="employee" /> },
    { title: t("people.cabinet"), card: "actions", cell: (one) => <div className="acts"><a className="act icon-dossier" href={`${here}/${one.id}`} aria-label={t("people.cabinetOf", { name: listName(one) })} title={t("people.cabinet")} /></div> },
  ]
  const first = (page - 1) * perPage + 1
  const keep = Object.fromEntries(Object.entries({ toegang: query.state ?? "", op: query.op }).filter(([, value]) => value !== ""))
  return (
    <FileSection id="werknemers" title={t("people.all")} count={counts.total} find="server" query={{ name: "q", value: query.text }} keep={keep} tools={tools}>
      {counts.total > 0 && <StateChips counts={counts} kind="employee" current={query.state} hrefOf={(state) => rosterHref(here, query, { state })} />}
      {employees.length > 0 ? (
        <BsnForm action={showBsnAction}>
          <DataTable caption={t("people.title")} columns={columns} rows={employees} keyOf={(one) => one.id} />
        </BsnForm>
      ) : (
        <EmptyState title={t(counts.total > 0 ? "ui.find.none" : "people.empty")}>{counts.total > 0 ? null : empty}</EmptyState>
      )}
      <PageLinks from={first} to={first + employees.length - 1} total={total} page={page} pages={pages} hrefOf={(number) => rosterHref(here, query, { page: number })} />
    </FileSection>
  )
}
