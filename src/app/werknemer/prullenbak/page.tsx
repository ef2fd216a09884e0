import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { pageFor } from "#auth/page-door.ts"
import { viewBin } from "#domain/sharing/bin-files.ts"
import { now } from "#platform/clock.ts"
import { numberIn } from "#ui/asked.ts"
import { mayChange } from "#policy/ranks.ts"
import { BinView } from "#ui/bin-view.tsx"
import { restoreFilesAction } from "../../(delen)/sharing-actions.ts"
import { Frame } from "../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("bin"))("title") }
}

/** "Prullenbak": own files that were deleted, for thirty days. */
export default async function BinPage({ searchParams }: PageProps<"/werknemer/prullenbak">) {
  const viewer = await pageFor("employee")
  const files = await viewBin(viewer, now())
  const { terug } = await searchParams
  return (
    <Frame viewer={viewer} current="dossier">
      <BinView files={files} portal="werknemer" restored={numberIn(terug)} mayChange={mayChange(viewer.rank)} restoreAction={restoreFilesAction} />
    </Frame>
  )
}
