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

const fileOf = cache(async (id: string) => fileOrWithdrawn(await pageFor("employer", { forOverviews: true }), id))

export async function generateMetadata({ params }: PageProps<"/werkgever/bestanden/[id]">): Promise<Metadata> {
  const found = await fileOf((await params).id)
  return { title: nameOf(await getTranslations(), "withdrawn" in found ? found.withdrawn : found) }
}

/** One file that an employer may see: read, downloaded, who sees it and who opened it; back and on through the list it was opened from. */
export default async function FilePage({ params, searchParams }: PageProps<"/werkgever/bestanden/[id]">) {
  const viewer = await pageFor("employer", { forOverviews: true })
  const file = await fileOf((await params).id)
  const t = await getTranslations()
  const { ownerId } = "withdrawn" in file ? file.withdrawn : file
  const isOwn = ownerId === viewer.partyId || ownerId === null
  const dossier = isOwn ? { href: "/werkgever/dossier", label: t("file.backToDossier") } : { href: `/werkgever/werknemers/${ownerId}`, label: t("file.backToCabinet") }
  if ("withdrawn" in file) return <Frame viewer={viewer} current={isOwn ? "dossier" : "employees"}><WithdrawnView withdrawn={file.withdrawn} filesAt="/werkgever/bestanden" back={dossier} /></Frame>
  const from = fileList(await searchParams)
  return (
    <Frame viewer={viewer} current={isOwn ? "dossier" : "employees"}>
      <FileInItsList viewer={viewer} file={file} from={from} portal="werkgever" dossier={dossier} />
    </Frame>
  )
}
