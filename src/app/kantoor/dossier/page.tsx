import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { viewDossier } from "#domain/dossiers/view-dossier.ts"
import { now } from "#platform/clock.ts"
import { DossierNotices } from "#ui/dossier-notices.tsx"
import { dossierQuery } from "#ui/dossier-query.ts"
import { DossierView } from "#ui/dossier-view.tsx"
import { bulkFilesAction, restoreFilesAction } from "../../(delen)/sharing-actions.ts"
import { Frame } from "../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dossier"))("name") }
}

/** The own dossier of an office, for one year. */
export default async function DossierPage({ searchParams }: PageProps<"/kantoor/dossier">) {
  const viewer = await pageFor("office")
  const asked = await searchParams
  const query = dossierQuery(asked)
  const { files, frame, uploadLimit } = await forPage(viewDossier(viewer, query, now()))
  return (
    <Frame viewer={viewer} frame={frame} current="dossier">
      <DossierView files={files} uploadLimit={uploadLimit} portal="kantoor" query={query} viewerId={viewer.partyId} rank={viewer.rank} bulkAction={bulkFilesAction} notices={<DossierNotices asked={asked} restoreAction={restoreFilesAction} />} />
    </Frame>
  )
}
