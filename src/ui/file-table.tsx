import { useTranslations } from "next-intl"
import type { Column } from "./data-table.tsx"
import { DataTable } from "./data-table.tsx"
import { momentText } from "./dates.ts"
import type { Act, TagData } from "./row-data.ts"

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
  tag?: TagData
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
export function FileTable({ caption, files, show, pickName, sort = {} }: Props) {
  const t = useTranslations("ui.file")
  const unread = t("unread")
  const pick: Column<FileRow> = {
    title: t("selectColumn"),
    card: "pick",
    cell: ({ id, title }) => ({ is: "pick", name: pickName ?? "", value: id, label: t("select", { title }) }),
  }
  const name: Column<FileRow> = {
    title: t("name"),
    card: "name",
    sort: sort.title,
    cell: ({ title, viewHref, unread: isUnread, tag }) => ({ is: "name", text: title, href: viewHref, after: isUnread ? unread : undefined, tag }),
  }
  const period: Column<FileRow> = { title: t("period"), card: "away", numeric: true, sort: sort.period, cell: (file) => file.period }
  const owner: Column<FileRow> = { title: t("owner"), card: "line", sort: sort.owner, cell: (file) => file.owner }
  const dossier: Column<FileRow> = { title: t("dossier"), card: "line", cell: (file) => file.dossier }
  const at: Column<FileRow> = { title: t("date"), card: "line", still: true, sort: sort.at, cell: (file) => momentText(file.at) }
  const actions: Column<FileRow> = { title: t("actions"), card: "actions", cell: (file) => ({ is: "acts", of: file.title, acts: actsOf(file) }) }
  const words = {
    view: { short: t("view"), full: t.raw("viewOf") },
    download: { short: t("download"), full: t.raw("downloadOf") },
    details: { short: t("details"), full: t.raw("detailsOf") },
  }
  const columns = [...(pickName ? [pick] : []), name, ...(show ? [{ period, owner, dossier }[show]] : []), at, actions]
  const stateOf = (file: FileRow) => (file.unread ? "unread" : file.past ? "past" : undefined)
  return <DataTable dots caption={caption} columns={columns} rows={files} keyOf={(file) => file.id} stateOf={stateOf} actWords={words} />
}

/** What can be done with a file in its row. */
export function actsOf({ viewHref, downloadHref, detailsHref }: FileRow): Act[] {
  const acts: (Act | undefined)[] = [
    viewHref ? { icon: "view", href: viewHref } : undefined,
    downloadHref ? { icon: "download", href: downloadHref, download: true } : undefined,
    detailsHref ? { icon: "details", href: detailsHref } : undefined,
  ]
  return acts.filter((act) => act !== undefined)
}
