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

const fileOf = cache(async (id: string) => forPage(viewFile(await pageFor("employer"), { fileId: idIn(id) })))

export async function generateMetadata({ params }: PageProps<"/werkgever/bestanden/[id]">): Promise<Metadata> {
  return { title: nameOf(await getTranslations(), await fileOf((await params).id)) }
}

/** One file that an employer may see: read, downloaded, and who sees it. */
export default async function FilePage({ params }: PageProps<"/werkgever/bestanden/[id]">) {
  const viewer = await pageFor("employer")
  const file = await fileOf((await params).id)
  const sharing = await forPage(viewSharing(viewer, { fileId: file.id }))
  const t = await getTranslations("file")
  const year = file.year ? `?jaar=${file.year}` : ""
  const isOwn = file.ownerId === viewer.partyId || file.ownerId === null
  const back = isOwn ? { href: `/werkgever/dossier${year}`, label: t("backToDossier") } : { href: `/werkgever/werknemers/${file.ownerId}${year}`, label: t("backToCabinet") }
  return (
    <Frame viewer={viewer} current={isOwn ? "dossier" : "employees"}>
      <FileView file={file} back={back} sharing={<FileSharing sharing={sharing} portal="werkgever" endAction={endShareAction} bulkAction={bulkFilesAction} />} />
    </Frame>
  )
}
