"use client"

import { useTranslations } from "next-intl"
import type { PeopleColumn } from "#domain/parties/people-columns.ts"
import type { ListColumns } from "#domain/parties/read-people-list.ts"
import { importFields } from "#policy/import-fields.ts"
import { DataTable } from "./data-table.tsx"
import { Icon } from "./icon.tsx"
import { Notice } from "./notice.tsx"

/** The columns of a list with some of their values, each with a choice of what it is; and of a workbook which sheet. */
export function ImportColumns({ seen }: { seen: ListColumns }) {
  const t = useTranslations("importPeople")
  const { columns, sheet, sheets, line } = seen
  const rows = columns.map((column, index) => ({ ...column, index, title: column.heading || t("columnNumber", { number: index + 1 }) }))
  return (
    <>
      <Notice kind="wait" title={t("columns")}>
        <p>{t("columnsLead")}</p>
        <p>{t("columnsLine", { line })}</p>
      </Notice>
      {sheets.length > 1 && (
        <div className="field">
          <label htmlFor="sheet">{t("sheet")}</label>
          <p className="hint" id="sheet-uitleg">{t("sheetHint")}</p>
          <span className="select">
            <select id="sheet" name="sheet" defaultValue={String(sheet)} className="input" aria-describedby="sheet-uitleg">
              {sheets.map(({ place, name }) => <option key={place} value={place}>{name}</option>)}
            </select>
            <Icon name="down" small />
          </span>
        </div>
      )}
      {sheets.length <= 1 && <input type="hidden" name="sheet" value={sheet ?? ""} />}
      <input type="hidden" name="shownSheet" value={sheet ?? ""} />
      <DataTable caption={t("columns")} rows={rows} keyOf={({ index }) => String(index)} columns={[
        { title: t("column"), card: "name", cell: ({ title }) => title },
        { title: t("samples"), card: "line", labelled: true, cell: ({ samples }) => samples.join(" · ") || "–" },
        { title: t("columnIs"), card: "line", cell: (row) => <FieldChoice column={row} title={row.title} /> },
      ]} />
    </>
  )
}

function FieldChoice({ column, title }: { column: PeopleColumn; title: string }) {
  const t = useTranslations("importPeople")
  return (
    <span className="select">
      <select name="column" defaultValue={column.field ?? ""} className="input" aria-label={t("columnChoice", { column: title })}>
        <option value="">{t("passOver")}</option>
        {importFields.map((field) => <option key={field} value={field}>{t(`fields.${field}`)}</option>)}
      </select>
      <Icon name="down" small />
    </span>
  )
}
