import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import type { FilesOfYear } from "#domain/files/files-of-dossier.ts"
import { BulkFiles, pickedFiles } from "./bulk-files.tsx"
import type { FormAction } from "./delivery-words.ts"
import type { DossierQuery } from "./dossier-query.ts"
import { DownloadYear } from "./download-many.tsx"
import { EmptyState } from "./empty-state.tsx"
import { fileListQuery } from "./file-list.ts"
import { nameOf } from "./file-naming.ts"
import { nextOrder, readFileOrder, sortFiles, sought, type FileOrder } from "./file-order.ts"
import { FileSection } from "./file-section.tsx"
import { type FileRow, FileTable } from "./file-table.tsx"
import { withdrawnText } from "./recall-words.ts"

type Props = {
  files: FilesOfYear
  /** The address of this page, without its query. */
  here: string
  /** Where files open: "/werknemer/bestanden". */
  filesAt: string
  query: DossierQuery
  /** Whose own files these are not: those get the owner's name. */
  viewerId: string
  ownerName?: string
  /** Bold with a dot until they are opened. Only in one's own dossier: a cabinet is not one's own post. */
  marksUnread?: boolean
  /** What is done with the other files that are ticked; without it they have no checkboxes. */
  bulkAction?: FormAction
  /** Where own files are added; left out in another's dossier. */
  uploads?: ReactNode
  /** What comes here, and who sends it. */
  emptyPayroll: string
  /** False for who has no other files here at all. */
  emptyOwn: string | false
}

type File = FilesOfYear["payroll"][number]

/** The two sections of a dossier: the payroll files of the year, and the other files. */
export function DossierFiles({ files, here, filesAt, query, viewerId, ownerName = "", marksUnread = false, bulkAction, uploads, emptyPayroll, emptyOwn }: Props) {
  const t = useTranslations()
  const order = readFileOrder(query.op)
  const kept = { jaar: String(files.year), ...(order ? { op: query.op } : {}) }
  const fromHere = (isOwn: boolean) => fileListQuery({ list: "dossier", query: { ...query, year: isOwn ? files.year : null, q: isOwn ? "" : query.q, own: isOwn ? query.own : "", op: order ? query.op : "" } })
  const [fromPayroll, fromOwn] = [fromHere(false), fromHere(true)]
  const hrefOf = (file: File) => `${filesAt}/${file.id}${file.origin === "own" ? fromOwn : fromPayroll}`
  const recalled = new Map(files.withdrawn.map((one) => [one.fileId, { state: "bad" as const, text: withdrawnText(t, one) }]))
  const tagOf = (file: File) => recalled.get(file.id) ?? (file.replacedAt ? { state: "past" as const, text: t("recall.replacedTag") } : undefined)
  const toRow = (file: File): FileRow => ({
    id: file.id,
    title: nameOf(t, file),
    period: file.period === null ? undefined : String(file.period),
    owner: file.senderId === viewerId ? t("dossier.me") : ownerName || file.senderName,
    at: file.createdAt,
    unread: marksUnread && !file.read,
    past: tagOf(file) !== undefined,
    tag: tagOf(file),
    viewHref: hrefOf(file),
    downloadHref: `/api/files/${file.id}?how=download`,
    detailsHref: `${hrefOf(file)}#details`,
  })
  const shown = (rows: readonly FileRow[], text: string) => sortFiles(sought(rows, text), order)
  const gone = files.withdrawn.filter((one) => !one.isSent).map((one): FileRow => ({ id: one.fileId, title: nameOf(t, one), period: one.period === null ? undefined : String(one.period), at: one.placedAt, unread: false, past: true, tag: recalled.get(one.fileId), detailsHref: `${filesAt}/${one.fileId}` }))
  const payrollTitle = t("dossier.payroll", { year: String(files.year) })
  const nothing = (count: number, empty: string) => <EmptyState title={t(count ? "ui.find.none" : "ui.file.empty")}>{count ? null : empty}</EmptyState>
  const payroll = shown(sortedIn(files.payroll.map(toRow), gone), query.q)
  const own = shown(files.own.map(toRow), query.own)
  const sort = (by: FileOrder["by"]) => ({
    href: `${here}?${new URLSearchParams({ jaar: String(files.year), op: nextOrder(order, by) })}`,
    order: order?.by === by ? (order.falling ? ("descending" as const) : ("ascending" as const)) : undefined,
  })
  const ownTable = <FileTable caption={t("dossier.own")} files={own} show="owner" pickName={bulkAction && pickedFiles} sort={{ title: sort("naam"), at: sort("datum") }} />

  return (
    <>
      <FileSection id="loon-bestanden" title={payrollTitle} count={files.payroll.length + gone.length} find="page" query={{ name: "q", value: query.q }} keep={kept} tools={<DownloadYear files={files.payroll} label={t("zip.downloadYear")} />}>
        {payroll.length > 0 ? <FileTable caption={payrollTitle} files={payroll} show="period" sort={{ title: sort("naam"), period: sort("periode"), at: sort("datum") }} /> : nothing(files.payroll.length + gone.length, emptyPayroll)}
      </FileSection>
      {emptyOwn !== false && (
        <FileSection id="overige-bestanden" title={t("dossier.own")} count={files.own.length} find="page" query={{ name: "eigen", value: query.own }} keep={kept}>
          {uploads}
          {own.length > 0 ? (bulkAction ? <BulkFiles action={bulkAction} label={t("dossier.own")}>{ownTable}</BulkFiles> : ownTable) : nothing(files.own.length, emptyOwn)}
        </FileSection>
      )}
    </>
  )
}

/** Withdrawn ones among the others, by period from high to low, as the dossier has them: what has no period comes first. */
function sortedIn(rows: readonly FileRow[], gone: readonly FileRow[]): FileRow[] {
  const place = ({ period }: FileRow) => (period === undefined ? Infinity : Number(period))
  return [...rows, ...gone].toSorted((a, b) => (place(a) === place(b) ? 0 : place(b) - place(a)))
}
