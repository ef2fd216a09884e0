import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { cache } from "react"
import { forPage, pageFor } from "#auth/page-door.ts"
import { viewFile } from "#domain/files/view-file.ts"
import { viewNeighbours } from "#domain/files/view-neighbours.ts"
import { viewOpenings } from "#domain/files/view-openings.ts"
import { viewSharing } from "#domain/sharing/view-sharing.ts"
import { idIn } from "#ui/asked.ts"
import { fileList, wayBack } from "#ui/file-list.ts"
import { nameOf } from "#ui/file-naming.ts"
import { FileSharing } from "#ui/file-sharing.tsx"
import { FileView } from "#ui/file-view.tsx"
import { bulkFilesAction, endShareAction } from "../../../(delen)/sharing-actions.ts"
import { Frame } from "../../frame.tsx"

const fileOf = cache(async (id: string) => forPage(viewFile(await pageFor("office"), { fileId: idIn(id) })))

export async function generateMetadata({ params }: PageProps<"/kantoor/bestanden/[id]">): Promise<Metadata> {
  return { title: nameOf(await getTranslations(), await fileOf((await params).id)) }
}

/** One file that an office may see: read, downloaded, who sees it and who opened it; back and on through the list it was opened from. */
export default async function FilePage({ params, searchParams }: PageProps<"/kantoor/bestanden/[id]">) {
  const viewer = await pageFor("office")
  const file = await fileOf((await params).id)
  const from = fileList(await searchParams)
  const [around, opened, sharing, t] = await Promise.all([
    viewNeighbours(viewer, { fileId: file.id, list: from.list }),
    viewOpenings(viewer, { fileId: file.id, page: from.openedPage }),
    forPage(viewSharing(viewer, { fileId: file.id })),
    getTranslations(),
  ])
  const isOwn = file.ownerId === viewer.partyId || file.employerId === null
  const client = `/kantoor/werkgevers/${file.employerId}`
  const cabinet = file.ownerId === file.employerId || file.ownerId === null ? client : `${client}/werknemers/${file.ownerId}`
  const dossier = isOwn ? { href: "/kantoor/dossier", label: t("file.backToDossier") } : { href: cabinet, label: t("file.backToCabinet") }
  return (
    <Frame viewer={viewer} current={isOwn ? "dossier" : "employers"}>
      <FileView
        file={file}
        back={wayBack(t, from, "kantoor", dossier, file.year)}
        from={from}
        around={around}
        filesAt="/kantoor/bestanden"
        opened={opened}
        sharing={<FileSharing sharing={sharing} portal="kantoor" endAction={endShareAction} bulkAction={bulkFilesAction} />}
        viewerId={viewer.partyId}
      />
    </Frame>
  )
}
