"use client"

import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import type { ImportPreview, PreviewPerson, Shown } from "#domain/parties/import-people.ts"
import { listName } from "#policy/person-name.ts"
import { type Column, DataTable } from "./data-table.tsx"
import { CheckField } from "./field.tsx"
import { Notice } from "./notice.tsx"

/** What an import would do, before it is done: the numbers with what is asked, then who may be somebody else, what is wrong by line, who is new, changed or not in it. */
export function ImportOutcome({ preview, children }: { preview: ImportPreview; children: ReactNode }) {
  const t = useTranslations("importPeople")
  const { added, changed, doubtful, same, gone, conflicts, problems, ignoredColumns } = preview
  const nothing = added.count + changed.count === 0
  const line = <Row extends { line: number | null }>(): Column<Row> => ({ title: t("line"), card: "line", labelled: true, numeric: true, cell: (row) => row.line })
  const number = <Row extends PreviewPerson>(): Column<Row> => ({ title: t("number"), card: "line", labelled: true, numeric: true, cell: (row) => row.number })
  const name = <Row extends PreviewPerson>(): Column<Row> => ({ title: t("name"), card: "name", cell: (row) => nameOf(row) || "–" })
  return (
    <>
      <Notice kind={nothing ? "info" : "wait"} title={nothing ? t("nothing") : t("storeLead", { added: added.count, changed: changed.count })}>
        {nothing && problems.count + conflicts.count + doubtful.count === 0 && <p>{t("nothingLead")}</p>}
        {doubtful.count > 0 && <p>{t("doubtfulCount", { count: doubtful.count })}</p>}
        {same > 0 && <p>{t("same", { count: same })}</p>}
        {ignoredColumns.length > 0 && <p>{t("ignored", { columns: ignoredColumns.join(", ") })}</p>}
      </Notice>
      <Part title={t("doubtful")} lead={t("doubtfulLead")} shown={doubtful} keyOf={({ number: key }) => key} stateOf={() => "bad"} columns={[
        number(),
        { title: t("nameNow"), card: "line", labelled: true, cell: ({ known }) => nameOf(known) || "–" },
        { title: t("nameInFile"), card: "name", cell: (row) => nameOf(row) || "–" },
        line(),
        { title: t("samePerson"), card: "line", cell: (row) => (
          <CheckField name="confirmed" value={row.number} label={t("confirm", { number: row.number, name: nameOf(row.known), told: nameOf(row) })} />
        ) },
      ]} />
      {children}
      <Part title={t("problems")} lead={t("problemsLead")} shown={problems} keyOf={({ line: at, code, field }) => `${at} ${code} ${field}`} stateOf={() => "bad"} columns={[
        line(),
        { title: t("field"), card: "line", cell: ({ field }) => field && t(`fields.${field}`) },
        { title: t("wrong"), card: "name", cell: ({ code, blocking }) => <>{t(`problem.${code}`)} <span className="soft">{t(blocking ? "skipPerson" : "skipField")}</span></> },
      ]} />
      <Part title={t("conflicts")} lead={t("conflictsLead")} shown={conflicts} stateOf={() => "bad"} keyOf={({ number: key }) => key} columns={[
        line(), number(), name(), { title: t("wrong"), card: "line", cell: ({ code }) => t(`conflict.${code}`) },
      ]} />
      <Part title={t("added")} lead={t("addedLead")} shown={added} keyOf={({ number: key }) => key} columns={[number(), name(), line()]} />
      <Part title={t("changed")} lead={t("changedLead")} shown={changed} keyOf={({ number: key }) => key} columns={[
        number(), name(), { title: t("what"), card: "line", cell: ({ fields }) => fields.map((field) => t(`fields.${field}`)).join(", ") },
      ]} />
      <Part title={t("gone")} lead={t("goneLead")} shown={gone} keyOf={({ number: key }) => key} columns={[number(), name()]} />
    </>
  )
}

type PartProps<Row> = { title: string; lead: string; shown: Shown<Row>; columns: readonly Column<Row>[]; keyOf: (row: Row) => string; stateOf?: (row: Row) => string }

function Part<Row>({ title, lead, shown, columns, keyOf, stateOf }: PartProps<Row>) {
  const t = useTranslations("importPeople")
  if (shown.count === 0) return null
  const rest = shown.count - shown.rows.length
  return (
    <section className="list">
      <header>
        <h2>
          {title} <small>({shown.count})</small>
        </h2>
      </header>
      <p className="soft under">{lead}</p>
      <DataTable caption={title} rows={shown.rows} columns={columns} keyOf={keyOf} stateOf={stateOf} />
      {rest > 0 && <p className="soft">{t("rest", { count: rest })}</p>}
    </section>
  )
}

function nameOf({ initials, prefix, surname }: PreviewPerson): string {
  return surname ? listName({ initials, prefix, surname }) : ""
}
