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

const fileOf = cache(async (id: string) => fileOrWithdrawn(await pageFor("employee"), id))

export async function generateMetadata({ params }: PageProps<"/werknemer/bestanden/[id]">): Promise<Metadata> {
  const found = await fileOf((await params).id)
  return { title: nameOf(await getTranslations(), "withdrawn" in found ? found.withdrawn : found) }
}

/** One file that an employee may see: read, downloaded, who sees it and who opened it; back and on through the list it was opened from. */
export default async function FilePage({ params, searchParams }: PageProps<"/werknemer/bestanden/[id]">) {
  const viewer = await pageFor("employee")
  const file = await fileOf((await params).id)
  const t = await getTranslations()
  const dossier = { href: "/werknemer/dossier", label: t("file.backToDossier") }
  if ("withdrawn" in file) return <Frame viewer={viewer} current="dossier"><WithdrawnView withdrawn={file.withdrawn} filesAt="/werknemer/bestanden" back={dossier} /></Frame>
  const from = fileList(await searchParams)
  return (
    <Frame viewer={viewer} current="dossier">
      <FileInItsList viewer={viewer} file={file} from={from} portal="werknemer" dossier={dossier} />
    </Frame>
  )
}
