import { getTranslations } from "next-intl/server"
import type { ReactNode } from "react"
import type { Action } from "#auth/action-door.ts"
import type { EmployeesView as Employees } from "#domain/parties/list-employees.ts"
import { listName } from "#policy/person-name.ts"
import { AccessTag } from "./access-tag.tsx"
import { Browse } from "./browse.tsx"
import { Bsn, BsnForm, type ShownBsn } from "./bsn.tsx"
import { type Column, DataTable } from "./data-table.tsx"
import { calendarDateText } from "./dates.ts"
import { EmptyState } from "./empty-state.tsx"
import { sought } from "./file-order.ts"
import { FileSection } from "./file-section.tsx"

type Props = {
  employees: Employees
  /** The address of this page; a person's cabinet is one step below it. */
  here: string
  query: string
  showBsnAction: Action<ShownBsn>
  tools?: ReactNode
  /** What to do when there is nobody yet. */
  empty: ReactNode
}

/** "Werknemers (17)": sorted on the core surname, with the state of access and each person's dossier cabinet. */
export async function EmployeesView({ employees: { total, page, pages, employees }, here, query, showBsnAction, tools, empty }: Props) {
  const t = await getTranslations()
  type Row = (typeof employees)[number] & { title: string }
  const rows = sought(employees.map((one) => ({ ...one, title: `${listName(one)} ${one.number} ${one.contactEmail ?? ""}` })), query)
  const columns: Column<Row>[] = [
    { title: t("people.number"), card: "line", numeric: true, labelled: true, cell: (one) => one.number },
    { title: t("people.name"), card: "name", cell: (one) => <a href={`${here}/${one.id}`}>{listName(one)}</a> },
    { title: t("people.birthDate"), card: "line", labelled: true, cell: (one) => one.birthDate && <span className="nowrap">{calendarDateText(one.birthDate.toISOString())}</span> },
    { title: t("people.bsn"), card: "line", labelled: true, cell: (one) => (one.hasBsn ? <Bsn of={one.id} show={t("ownData.show")} label={t("ownData.showBsnOf", { name: listName(one) })} /> : "–") },
    { title: t("people.email"), card: "line", cell: (one) => one.contactEmail },
    { title: t("people.access"), card: "line", cell: (one) => <AccessTag access={one.access} /> },
    { title: t("people.cabinet"), card: "actions", cell: (one) => <div className="acts"><a className="act icon-dossier" href={`${here}/${one.id}`} aria-label={t("people.cabinetOf", { name: listName(one) })} title={t("people.cabinet")} /></div> },
  ]
  const first = (page - 1) * 200 + 1
  const pageHref = (number: number) => `${here}?pagina=${number}`
  return (
    <FileSection id="werknemers" title={t("people.all")} count={total} find="page" query={{ name: "q", value: query }} keep={page > 1 ? { pagina: String(page) } : {}} tools={tools}>
      {rows.length > 0 ? (
        <BsnForm action={showBsnAction}>
          <DataTable caption={t("people.title")} columns={columns} rows={rows} keyOf={(one) => one.id} />
        </BsnForm>
      ) : (
        <EmptyState title={t(total > 0 ? "ui.find.none" : "people.empty")}>{total > 0 ? null : empty}</EmptyState>
      )}
      {pages > 1 && <Browse from={first} to={first + employees.length - 1} total={total} previous={page > 1 ? pageHref(page - 1) : undefined} next={page < pages ? pageHref(page + 1) : undefined} />}
    </FileSection>
  )
}
