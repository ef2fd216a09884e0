"use client"

import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import type { ImportPreview, PreviewPerson, Shown } from "#domain/parties/import-people.ts"
import type { PreviewChange } from "#domain/parties/import-views.ts"
import { listName } from "#policy/person-name.ts"
import { type Column, DataTable } from "./data-table.tsx"
import { calendarDateText } from "./dates.ts"
import { CheckField } from "./field.tsx"
import { Icon } from "./icon.tsx"
import { Notice } from "./notice.tsx"

/** What an import would do, before it is done: the numbers with what is asked, then who may be somebody else or came back, what is wrong by line, who is new, changed or not in it. */
export function ImportOutcome({ preview, children }: { preview: ImportPreview; children: ReactNode }) {
  const t = useTranslations("importPeople")
  const { added, changed, doubtful, returning, same, gone, conflicts, problems, ignoredColumns } = preview
  const nothing = added.count + changed.count === 0
  const line = <Row extends { line: number | null }>(): Column<Row> => ({ title: t("line"), card: "line", labelled: true, numeric: true, cell: (row) => row.line })
  const number = <Row extends PreviewPerson>(): Column<Row> => ({ title: t("number"), card: "line", labelled: true, numeric: true, cell: (row) => row.number })
  const name = <Row extends PreviewPerson>(): Column<Row> => ({ title: t("name"), card: "name", cell: (row) => nameOf(row) || "–" })
  return (
    <>
      <Notice kind={nothing ? "info" : "wait"} title={nothing ? t("nothing") : t("storeLead", { added: added.count, changed: changed.count })}>
        {nothing && problems.count + conflicts.count + doubtful.count + returning.count === 0 && <p>{t("nothingLead")}</p>}
        {doubtful.count > 0 && <p>{t("doubtfulCount", { count: doubtful.count })}</p>}
        {returning.count > 0 && <p>{t("returningCount", { count: returning.count })}</p>}
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
      <Part title={t("returning")} lead={t("returningLead")} shown={returning} keyOf={({ number: key }) => key} stateOf={() => "bad"} columns={[
        number(), name(),
        { title: t("before"), card: "line", labelled: true, cell: ({ known, until }) => t("beforeIs", { number: known.number, name: nameOf(known), until: until ? calendarDateText(until) : "" }) },
        line(),
        { title: t("howBack"), card: "line", cell: ({ number: key, mayRenumber }) => (
          <>
            <input type="hidden" name="returnNumber" value={key} />
            <Choice name="returnAs" label={t("howBackOf", { number: key })} options={["", ...(mayRenumber ? ["same"] : []), "new"].map((value) => ({ value, label: t(`back.${value === "" ? "none" : value === "same" ? "same" : "new"}`) }))} />
          </>
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
        number(), name(), { title: t("what"), card: "line", cell: ({ changes }) => <Changes changes={changes} /> },
      ]} />
      <Part title={t("gone")} lead={t("goneLead")} shown={gone} keyOf={({ number: key }) => key} columns={[
        number(), name(),
        { title: t("leftOn"), card: "line", labelled: true, cell: ({ number: key, ...row }) => (
          <>
            <input type="hidden" name="leaverNumber" value={key} />
            <input type="date" name="leaverOn" className="input short" aria-label={t("leftOnOf", { name: nameOf({ ...row, number: key }), number: key })} />
          </>
        ) },
      ]} />
    </>
  )
}

/** Each field with what it was and what it becomes; of a BSN only that it changes. */
function Changes({ changes }: { changes: readonly PreviewChange[] }) {
  const t = useTranslations("importPeople")
  return changes.map(({ field, before, after }) => (
    <span key={field} className="change">
      {t(`fields.${field}`)}
      {field !== "bsn" && <span className="soft">{t("fromTo", { before: told(before), after: told(after) })}</span>}
    </span>
  ))
}

const told = (text: string | null) => (text === null ? "–" : /^\d{4}-\d\d-\d\d$/.test(text) ? calendarDateText(text) : text)

function Choice({ name, label, options }: { name: string; label: string; options: readonly { value: string; label: string }[] }) {
  return (
    <span className="select">
      <select name={name} className="input" aria-label={label} defaultValue="">
        {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
      </select>
      <Icon name="down" small />
    </span>
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
