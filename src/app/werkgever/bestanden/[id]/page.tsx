import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { cache } from "react"
import { forPage, pageFor } from "#auth/page-door.ts"
import { viewFile } from "#domain/files/view-file.ts"
import { idIn } from "#ui/asked.ts"
import { fileList } from "#ui/file-list.ts"
import { nameOf } from "#ui/file-naming.ts"
import { FileInItsList } from "../../../(delen)/file-in-its-list.tsx"
import { Frame } from "../../frame.tsx"

const fileOf = cache(async (id: string) => forPage(viewFile(await pageFor("employer", { forOverviews: true }), { fileId: idIn(id) })))

export async function generateMetadata({ params }: PageProps<"/werkgever/bestanden/[id]">): Promise<Metadata> {
  return { title: nameOf(await getTranslations(), await fileOf((await params).id)) }
}

/** One file that an employer may see: read, downloaded, who sees it and who opened it; back and on through the list it was opened from. */
export default async function FilePage({ params, searchParams }: PageProps<"/werkgever/bestanden/[id]">) {
  const viewer = await pageFor("employer", { forOverviews: true })
  const file = await fileOf((await params).id)
  const from = fileList(await searchParams)
  const t = await getTranslations()
  const isOwn = file.ownerId === viewer.partyId || file.ownerId === null
  const dossier = isOwn ? { href: "/werkgever/dossier", label: t("file.backToDossier") } : { href: `/werkgever/werknemers/${file.ownerId}`, label: t("file.backToCabinet") }
  return (
    <Frame viewer={viewer} current={isOwn ? "dossier" : "employees"}>
      <FileInItsList viewer={viewer} file={file} from={from} portal="werkgever" dossier={dossier} />
    </Frame>
  )
}
