import { getTranslations } from "next-intl/server"
import { forPage } from "#auth/page-door.ts"
import type { FileDetails } from "#domain/files/view-file.ts"
import { viewNeighbours } from "#domain/files/view-neighbours.ts"
import { viewOpenings } from "#domain/files/view-openings.ts"
import { viewRecall } from "#domain/files/view-recall.ts"
import { viewSharing } from "#domain/sharing/view-sharing.ts"
import { seesParty } from "#policy/ranks.ts"
import type { Viewer } from "#policy/viewer.ts"
import { type FileList, wayBack } from "#ui/file-list.ts"
import { nameOf } from "#ui/file-naming.ts"
import { FileRecall, RecallNotice } from "#ui/file-recall.tsx"
import { FileSharing } from "#ui/file-sharing.tsx"
import { FileView } from "#ui/file-view.tsx"
import { withdrawFileAction } from "../(zendingen)/recall-actions.ts"
import { bulkFilesAction, endShareAction } from "./sharing-actions.ts"

type Props = { viewer: Viewer; file: FileDetails; from: FileList; portal: "werknemer" | "werkgever" | "kantoor"; dossier: { href: string; label: string } }

/** A file on its page, the same in every portal: back to `dossier` and on through the list it was opened from, who opened it, with whom it is shared, and what came before or after it. */
export async function FileInItsList({ viewer, file, from, portal, dossier }: Props) {
  const filesAt = `/${portal}/bestanden`
  const [around, opened, sharing, recall, t] = await Promise.all([
    viewNeighbours(viewer, { fileId: file.id, list: from.list }),
    viewOpenings(viewer, { fileId: file.id, page: from.openedPage }),
    forPage(viewSharing(viewer, { fileId: file.id })),
    forPage(viewRecall(viewer, { fileId: file.id })),
    getTranslations(),
  ])
  return (
    <FileView
      file={file}
      back={wayBack(t, from, portal, dossier, file.year)}
      from={from}
      around={around}
      filesAt={filesAt}
      notice={<RecallNotice recall={recall} filesAt={filesAt} />}
      recall={<FileRecall recall={recall} filesAt={filesAt} title={nameOf(t, file)} withdrawAction={withdrawFileAction} />}
      opened={opened}
      sharing={<FileSharing sharing={sharing} portal={portal} endAction={endShareAction} bulkAction={bulkFilesAction} />}
      seesAllOpenings={seesParty(viewer.rank) && [file.ownerId, file.senderId].includes(viewer.partyId)}
    />
  )
}
