import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { cache } from "react"
import { forPage, pageFor } from "#auth/page-door.ts"
import { viewFile } from "#domain/files/view-file.ts"
import { viewSharing } from "#domain/sharing/view-sharing.ts"
import { idIn } from "#ui/asked.ts"
import { nameOf } from "#ui/file-naming.ts"
import { FileSharing } from "#ui/file-sharing.tsx"
import { FileView } from "#ui/file-view.tsx"
import { bulkFilesAction, endShareAction } from "../../../(delen)/sharing-actions.ts"
import { Frame } from "../../frame.tsx"

const fileOf = cache(async (id: string) => forPage(viewFile(await pageFor("office"), { fileId: idIn(id) })))

export async function generateMetadata({ params }: PageProps<"/kantoor/bestanden/[id]">): Promise<Metadata> {
  return { title: nameOf(await getTranslations(), await fileOf((await params).id)) }
}

/** One file that an office may see: read, downloaded, and who sees it. */
export default async function FilePage({ params }: PageProps<"/kantoor/bestanden/[id]">) {
  const viewer = await pageFor("office")
  const file = await fileOf((await params).id)
  const sharing = await forPage(viewSharing(viewer, { fileId: file.id }))
  const t = await getTranslations("file")
  const year = file.year ? `?jaar=${file.year}` : ""
  const isOwn = file.ownerId === viewer.partyId || file.employerId === null
  const client = `/kantoor/werkgevers/${file.employerId}`
  const cabinet = file.ownerId === file.employerId || file.ownerId === null ? client : `${client}/werknemers/${file.ownerId}`
  const back = isOwn ? { href: `/kantoor/dossier${year}`, label: t("backToDossier") } : { href: `${cabinet}${year}`, label: t("backToCabinet") }
  return (
    <Frame viewer={viewer} current={isOwn ? "dossier" : "employers"}>
      <FileView file={file} back={back} sharing={<FileSharing sharing={sharing} portal="kantoor" endAction={endShareAction} bulkAction={bulkFilesAction} />} />
    </Frame>
  )
}
