import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { viewDossier } from "#domain/dossiers/view-dossier.ts"
import { now } from "#platform/clock.ts"
import { dossierQuery } from "#ui/dossier-query.ts"
import { DossierView } from "#ui/dossier-view.tsx"
import { Frame } from "../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dossier"))("name") }
}

/** The own dossier of an employee, for one year. */
export default async function DossierPage({ searchParams }: PageProps<"/werknemer/dossier">) {
  const viewer = await pageFor("employee")
  const query = dossierQuery(await searchParams)
  const { files, frame } = await forPage(viewDossier(viewer, query, now()))
  return (
    <Frame viewer={viewer} frame={frame} current="dossier">
      <DossierView files={files} portal="werknemer" query={query} viewerId={viewer.partyId} />
    </Frame>
  )
}
