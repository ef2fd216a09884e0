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

const fileOf = cache(async (id: string) => forPage(viewFile(await pageFor("employee"), { fileId: idIn(id) })))

export async function generateMetadata({ params }: PageProps<"/werknemer/bestanden/[id]">): Promise<Metadata> {
  return { title: nameOf(await getTranslations(), await fileOf((await params).id)) }
}

/** One file that an employee may see: read, downloaded, who sees it and who opened it; back and on through the list it was opened from. */
export default async function FilePage({ params, searchParams }: PageProps<"/werknemer/bestanden/[id]">) {
  const viewer = await pageFor("employee")
  const file = await fileOf((await params).id)
  const from = fileList(await searchParams)
  const [around, opened, sharing, t] = await Promise.all([
    viewNeighbours(viewer, { fileId: file.id, list: from.list }),
    viewOpenings(viewer, { fileId: file.id, page: from.openedPage }),
    forPage(viewSharing(viewer, { fileId: file.id })),
    getTranslations(),
  ])
  const dossier = { href: "/werknemer/dossier", label: t("file.backToDossier") }
  return (
    <Frame viewer={viewer} current="dossier">
      <FileView
        file={file}
        back={wayBack(t, from, "werknemer", dossier, file.year)}
        from={from}
        around={around}
        filesAt="/werknemer/bestanden"
        opened={opened}
        sharing={<FileSharing sharing={sharing} portal="werknemer" endAction={endShareAction} bulkAction={bulkFilesAction} />}
        viewerId={viewer.partyId}
      />
    </Frame>
  )
}
