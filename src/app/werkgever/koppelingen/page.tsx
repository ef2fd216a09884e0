import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { askConfirmed, forPage, pageFor } from "#auth/page-door.ts"
import { listKeys } from "#domain/api-keys/list-keys.ts"
import { viewFrame } from "#domain/parties/view-frame.ts"
import { now } from "#platform/clock.ts"
import { KeysView } from "#ui/keys-view.tsx"
import { makeKeyAction, revokeKeyAction, takeOverKeyAction } from "../../(koppelingen)/key-actions.ts"
import { Frame } from "../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("apiKeys"))("title") }
}

/** The keys with which programs ask for this employer, and making one. */
export default async function KeysPage({ searchParams }: PageProps<"/werkgever/koppelingen">) {
  const viewer = await pageFor("employer")
  const { gedaan } = await searchParams
  const [{ keys, scopes }, clients, frame] = await Promise.all([forPage(listKeys(viewer, now())), [], viewFrame(viewer)])
  await askConfirmed(viewer, "/werkgever/koppelingen")
  return (
    <Frame viewer={viewer} frame={frame} current="profile">
      <KeysView portal="werkgever" party={frame.name} keys={keys} scopes={scopes} clients={clients} done={gedaan} now={now()} makeAction={makeKeyAction} revokeAction={revokeKeyAction} takeOverAction={takeOverKeyAction} />
    </Frame>
  )
}
