import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { listUnread } from "#domain/files/list-unread.ts"
import { viewFrame } from "#domain/parties/view-frame.ts"
import { wordIn } from "#ui/asked.ts"
import { placeIn } from "#ui/unread-place.ts"
import { UnreadView } from "#ui/unread-view.tsx"
import { switchRoleAction } from "../../(toegang)/switch-role.ts"
import { Frame } from "../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("unread"))("title") }
}

/** What an employer has not opened yet, in this role and the others of the account. */
export default async function UnreadPage({ searchParams }: PageProps<"/werkgever/ongelezen">) {
  const viewer = await pageFor("employer", { forOverviews: true })
  const after = placeIn(wordIn((await searchParams).na))
  const [page, frame] = await Promise.all([forPage(listUnread(viewer, { after })), forPage(viewFrame(viewer))])
  return (
    <Frame viewer={viewer} frame={frame} current="unread" wide={frame.roles.length > 1}>
      <UnreadView page={page} isOlder={after !== null} portal="werkgever" viewerId={viewer.partyId} roles={frame.roles} switchRoleAction={switchRoleAction} />
    </Frame>
  )
}
