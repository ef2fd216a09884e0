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

const fileOf = cache(async (id: string) => forPage(viewFile(await pageFor("employee"), { fileId: idIn(id) })))

export async function generateMetadata({ params }: PageProps<"/werknemer/bestanden/[id]">): Promise<Metadata> {
  return { title: nameOf(await getTranslations(), await fileOf((await params).id)) }
}

/** One file that an employee may see: read, downloaded, and who sees it. */
export default async function FilePage({ params }: PageProps<"/werknemer/bestanden/[id]">) {
  const viewer = await pageFor("employee")
  const file = await fileOf((await params).id)
  const sharing = await forPage(viewSharing(viewer, { fileId: file.id }))
  const t = await getTranslations("file")
  const back = { href: file.year ? `/werknemer/dossier?jaar=${file.year}` : "/werknemer/dossier", label: t("backToDossier") }
  return (
    <Frame viewer={viewer} current="dossier">
      <FileView file={file} back={back} sharing={<FileSharing sharing={sharing} portal="werknemer" endAction={endShareAction} bulkAction={bulkFilesAction} />} />
    </Frame>
  )
}
