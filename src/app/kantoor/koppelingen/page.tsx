import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { askConfirmed, forPage, pageFor } from "#auth/page-door.ts"
import { listKeys } from "#domain/api-keys/list-keys.ts"
import { listClients } from "#domain/parties/list-clients.ts"
import { viewFrame } from "#domain/parties/view-frame.ts"
import { now } from "#platform/clock.ts"
import { KeysView } from "#ui/keys-view.tsx"
import { makeKeyAction, revokeKeyAction, takeOverKeyAction } from "../../(koppelingen)/key-actions.ts"
import { Frame } from "../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("apiKeys"))("title") }
}

/** The keys with which programs ask for this office, and making one. */
export default async function KeysPage({ searchParams }: PageProps<"/kantoor/koppelingen">) {
  const viewer = await pageFor("office")
  const { gedaan } = await searchParams
  const [{ keys, scopes }, clients, frame] = await Promise.all([forPage(listKeys(viewer, now())), forPage(listClients(viewer)), viewFrame(viewer)])
  await askConfirmed(viewer, "/kantoor/koppelingen")
  return (
    <Frame viewer={viewer} frame={frame} current="profile">
      <KeysView portal="kantoor" party={frame.name} keys={keys} scopes={scopes} clients={clients} done={gedaan} now={now()} makeAction={makeKeyAction} revokeAction={revokeKeyAction} takeOverAction={takeOverKeyAction} />
    </Frame>
  )
}
