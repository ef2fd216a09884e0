import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { askConfirmed, forPage, pageFor } from "#auth/page-door.ts"
import { viewFrame } from "#domain/parties/view-frame.ts"
import { listWebhooks } from "#domain/webhooks/list-webhooks.ts"
import { now } from "#platform/clock.ts"
import { WebhooksView } from "#ui/webhooks-view.tsx"
import { addWebhookAction } from "../../../(koppelingen)/webhook-actions.ts"
import { Frame } from "../../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("webhooks"))("title") }
}

/** Where this employer has its own systems told that something happened. */
export default async function WebhooksPage({ searchParams }: PageProps<"/werkgever/koppelingen/webhooks">) {
  const viewer = await pageFor("employer")
  const { gedaan } = await searchParams
  const [webhooks, frame] = await Promise.all([forPage(listWebhooks(viewer)), viewFrame(viewer)])
  await askConfirmed(viewer, "/werkgever/koppelingen/webhooks")
  return (
    <Frame viewer={viewer} frame={frame} current="profile">
      <WebhooksView portal="werkgever" webhooks={webhooks} isRemoved={gedaan === "weg"} now={now()} addAction={addWebhookAction} />
    </Frame>
  )
}
