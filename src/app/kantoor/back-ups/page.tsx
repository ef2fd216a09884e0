import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { viewClientBackups } from "#domain/package-backups/view-backups.ts"
import { now } from "#platform/clock.ts"
import { ClientBackups } from "#ui/client-backups.tsx"
import { Frame } from "../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("backups"))("title") }
}

/** "Back-ups" of an office: how it stands with those of its clients. */
export default async function OfficeBackupsPage() {
  const viewer = await pageFor("office")
  const clients = await forPage(viewClientBackups(viewer, now()))
  return (
    <Frame viewer={viewer} current="backups" wide>
      <ClientBackups clients={clients} now={now()} />
    </Frame>
  )
}
