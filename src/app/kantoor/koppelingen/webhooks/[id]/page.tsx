import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { askConfirmed, forPage, pageFor } from "#auth/page-door.ts"
import { viewFrame } from "#domain/parties/view-frame.ts"
import { viewWebhook } from "#domain/webhooks/list-webhooks.ts"
import { idIn } from "#ui/asked.ts"
import { WebhookDetails } from "#ui/webhook-view.tsx"
import { pingWebhookAction, removeWebhookAction, renewWebhookSecretAction, replayMessageAction, stopWebhookAction } from "../../../../(koppelingen)/webhook-actions.ts"
import { Frame } from "../../../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("webhooks"))("one") }
}

const acts = { ping: pingWebhookAction, stop: stopWebhookAction, remove: removeWebhookAction, replay: replayMessageAction, renew: renewWebhookSecretAction }

/** One webhook: what was sent there, how it was answered, and what can be done about it. */
export default async function WebhookPage({ params, searchParams }: PageProps<"/kantoor/koppelingen/webhooks/[id]">) {
  const viewer = await pageFor("office")
  const id = idIn((await params).id)
  const { gedaan } = await searchParams
  const [{ webhook, messages }, frame] = await Promise.all([forPage(viewWebhook(viewer, { webhookId: id })), viewFrame(viewer)])
  await askConfirmed(viewer, `/kantoor/koppelingen/webhooks/${id}`)
  return (
    <Frame viewer={viewer} frame={frame} current="profile">
      <WebhookDetails portal="kantoor" webhook={webhook} messages={messages} done={gedaan} acts={acts} />
    </Frame>
  )
}
