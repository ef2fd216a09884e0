import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { viewFormerBackups } from "#domain/package-backups/view-former.ts"
import { viewClientBackups } from "#domain/package-backups/view-backups.ts"
import { now } from "#platform/clock.ts"
import { mayChange } from "#policy/ranks.ts"
import { ClientBackups } from "#ui/client-backups.tsx"
import { FormerBackups } from "#ui/former-backups.tsx"
import { removeBackupAction } from "../../(back-ups)/backup-actions.ts"
import { Frame } from "../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("backups"))("title") }
}

/** "Back-ups" of an office: how it stands with those of its clients, and what it still has of clients that left. */
export default async function OfficeBackupsPage() {
  const viewer = await pageFor("office")
  const clients = await forPage(viewClientBackups(viewer, now()))
  const former = await forPage(viewFormerBackups(viewer))
  return (
    <Frame viewer={viewer} current="backups" wide>
      <ClientBackups clients={clients} now={now()} />
      {former.length > 0 && <FormerBackups backups={former} mayChange={mayChange(viewer.rank)} remove={removeBackupAction} />}
    </Frame>
  )
}
