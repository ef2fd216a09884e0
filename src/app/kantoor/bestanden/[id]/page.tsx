import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { cache } from "react"
import { pageFor } from "#auth/page-door.ts"
import { fileList } from "#ui/file-list.ts"
import { nameOf } from "#ui/file-naming.ts"
import { WithdrawnView } from "#ui/withdrawn-view.tsx"
import { fileOrWithdrawn } from "../../../(delen)/file-or-withdrawn.ts"
import { FileInItsList } from "../../../(delen)/file-in-its-list.tsx"
import { Frame } from "../../frame.tsx"

const fileOf = cache(async (id: string) => fileOrWithdrawn(await pageFor("office"), id))

export async function generateMetadata({ params }: PageProps<"/kantoor/bestanden/[id]">): Promise<Metadata> {
  const found = await fileOf((await params).id)
  return { title: nameOf(await getTranslations(), "withdrawn" in found ? found.withdrawn : found) }
}

/** One file that an office may see: read, downloaded, who sees it and who opened it; back and on through the list it was opened from. */
export default async function FilePage({ params, searchParams }: PageProps<"/kantoor/bestanden/[id]">) {
  const viewer = await pageFor("office")
  const file = await fileOf((await params).id)
  const t = await getTranslations()
  if ("withdrawn" in file) return <Frame viewer={viewer} current="dossier"><WithdrawnView withdrawn={file.withdrawn} filesAt="/kantoor/bestanden" back={{ href: "/kantoor/dossier", label: t("file.backToDossier") }} /></Frame>
  const from = fileList(await searchParams)
  const isOwn = file.ownerId === viewer.partyId || file.employerId === null
  const client = `/kantoor/werkgevers/${file.employerId}`
  const cabinet = file.ownerId === file.employerId || file.ownerId === null ? client : `${client}/werknemers/${file.ownerId}`
  const dossier = isOwn ? { href: "/kantoor/dossier", label: t("file.backToDossier") } : { href: cabinet, label: t("file.backToCabinet") }
  return (
    <Frame viewer={viewer} current={isOwn ? "dossier" : "employers"}>
      <FileInItsList viewer={viewer} file={file} from={from} portal="kantoor" dossier={dossier} />
    </Frame>
  )
}
