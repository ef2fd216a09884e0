import { getTranslations } from "next-intl/server"
import type { ReactNode } from "react"
import type { Column } from "./data-table.tsx"
import { DataTable } from "./data-table.tsx"
import { momentText } from "./dates.ts"

export type FileRow = {
  id: string
  /** "Loonstrook - maart 2026", or the name of an own file. */
  title: string
  /** "3", for payroll files. */
  period?: string
  /** "Ik", "Ik · gedeeld met werkgever", for own files. */
  owner?: string
  /** "Mijn dossier", where files of several dossiers stand together. */
  dossier?: string
  at: Date
  unread: boolean
  /** Replaced or withdrawn: struck through, with a tag that says so. */
  past?: boolean
  tag?: ReactNode
  viewHref?: string
  downloadHref?: string
  detailsHref?: string
}

type Props = {
  caption: string
  files: readonly FileRow[]
  /** Which third column: the period of payroll files, the owner of own files, the dossier, or none. */
  show?: "period" | "owner" | "dossier"
  /** The name of the checkboxes, whose values are the ids; without it there are none. */
  pickName?: string
  sort?: Partial<Record<"title" | "period" | "owner" | "at", Column<FileRow>["sort"]>>
}

/** The files of a dossier: name, period or owner, date and time, and per file view, download and details. */
export async function FileTable({ caption, files, show, pickName, sort = {} }: Props) {
  const t = await getTranslations("ui.file")
  const unread = t("unread")
  const action = (href: string | undefined, icon: string, name: string, title: string, download = false) =>
    href && <a className={`act icon-${icon}`} href={href} aria-label={name} title={title} download={download || undefined} />
  const words = { view: t("view"), download: t("download"), details: t("details") }

  const pick: Column<FileRow> = {
    title: t("selectColumn"), card: "pick",
    cell: (file) => <label title={t("select", { title: file.title })}><input type="checkbox" name={pickName} value={file.id} aria-label={t("select", { title: file.title })} /></label>,
  }
  const name: Column<FileRow> = {
    title: t("name"), card: "name", sort: sort.title,
    cell: (file) => <>{file.viewHref ? <a href={file.viewHref}>{file.title}</a> : file.title}{file.unread && <span className="vh"> {unread}</span>} {file.tag}</>,
  }
  const period: Column<FileRow> = { title: t("period"), card: "away", numeric: true, sort: sort.period, cell: (file) => file.period }
  const owner: Column<FileRow> = { title: t("owner"), card: "line", sort: sort.owner, cell: (file) => file.owner }
  const dossier: Column<FileRow> = { title: t("dossier"), card: "line", cell: (file) => file.dossier }
  const at: Column<FileRow> = { title: t("date"), card: "line", sort: sort.at, cell: (file) => <time dateTime={file.at.toISOString()}>{momentText(file.at)}</time> }
  const actions: Column<FileRow> = {
    title: t("actions"), card: "actions",
    cell: (file) => (
      <div className="acts">
        {action(file.viewHref, "view", t("viewOf", { title: file.title }), words.view)}
        {action(file.downloadHref, "download", t("downloadOf", { title: file.title }), words.download, true)}
        {action(file.detailsHref, "details", t("detailsOf", { title: file.title }), words.details)}
      </div>
    ),
  }
  const columns = [...(pickName ? [pick] : []), name, ...(show ? [{ period, owner, dossier }[show]] : []), at, actions]
  return <DataTable dots caption={caption} columns={columns} rows={files} keyOf={(file) => file.id} stateOf={(file) => (file.unread ? "unread" : file.past ? "past" : undefined)} />
}
