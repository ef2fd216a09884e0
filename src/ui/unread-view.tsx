import { getTranslations } from "next-intl/server"
import type { UnreadRow } from "#domain/files/list-unread.ts"
import { LinkButton } from "./button.tsx"
import { EmptyState } from "./empty-state.tsx"
import { nameOf } from "./file-naming.ts"
import { FileTable } from "./file-table.tsx"
import { PageHead } from "./page-head.tsx"

/** "Ongelezen": what was placed with or shared to this viewer and not opened yet, newest first, each with its dossier. */
export async function UnreadView({ files, portal, viewerId }: { files: readonly UnreadRow[]; portal: "werknemer" | "werkgever" | "kantoor"; viewerId: string }) {
  const t = await getTranslations()
  const rows = files.map((file) => ({
    id: file.id,
    title: nameOf(t, file),
    dossier: file.ownerId === viewerId ? t("dossier.mine") : file.senderName,
    at: file.createdAt,
    unread: true,
    viewHref: `/${portal}/bestanden/${file.id}?lijst=ongelezen`,
    downloadHref: `/api/files/${file.id}?how=download`,
    detailsHref: `/${portal}/bestanden/${file.id}?lijst=ongelezen#details`,
  }))
  return (
    <>
      <PageHead title={t("unread.title")} lead={rows.length > 0 ? t("unread.lead", { count: rows.length }) : undefined} />
      {rows.length > 0 ? (
        <FileTable caption={t("unread.title")} files={rows} show="dossier" />
      ) : (
        <EmptyState title={t("unread.emptyTitle")} action={<LinkButton href={`/${portal}/dossier`}>{t("ownData.toDossier")}</LinkButton>}>
          {t(`unread.empty.${portal}`)}
        </EmptyState>
      )}
    </>
  )
}
