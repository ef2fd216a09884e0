import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { listUnread } from "#domain/files/list-unread.ts"
import { UnreadView } from "#ui/unread-view.tsx"
import { Frame } from "../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("unread"))("title") }
}

/** What an employee has not opened yet. */
export default async function UnreadPage() {
  const viewer = await pageFor("employee")
  const files = await forPage(listUnread(viewer))
  return (
    <Frame viewer={viewer} current="unread">
      <UnreadView files={files} portal="werknemer" viewerId={viewer.partyId} />
    </Frame>
  )
}
