import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { listReceivers } from "#domain/sharing/list-receivers.ts"
import { now } from "#platform/clock.ts"
import { shareQuery } from "#ui/share-query.ts"
import { ShareView } from "#ui/share-view.tsx"
import { shareAction } from "../../(delen)/sharing-actions.ts"
import { Frame } from "../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("sharing"))("title") }
}

/** With whom, until when, and the confirmation. */
export default async function SharePage({ searchParams }: PageProps<"/kantoor/delen">) {
  const viewer = await pageFor("office")
  const query = shareQuery(await searchParams)
  const choice = query.fileIds.length > 0 ? await forPage(listReceivers(viewer, query, now())) : null
  return (
    <Frame viewer={viewer} current="dossier">
      <ShareView choice={choice} query={query} portal="kantoor" action={shareAction} />
    </Frame>
  )
}
