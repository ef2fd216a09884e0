"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { confirmedActionFor } from "#auth/action-door.ts"
import { homeOf } from "#auth/page-door.ts"
import { addWebhook, pingWebhook, removeWebhook, renewWebhookSecret, replayMessage, stopWebhook } from "#domain/webhooks/change-webhooks.ts"
import { now } from "#platform/clock.ts"
import type { Viewer } from "#policy/viewer.ts"
import { WEBHOOK_KINDS } from "#policy/webhook-kinds.ts"

const kinds = ["office", "employer"] as const
const list = (viewer: Viewer) => `${homeOf[viewer.kind]}/koppelingen/webhooks`
const one = z.object({ webhookId: z.uuid() })
/** Where one goes to prove to be the holder and comes back from; what stands in the form is not trusted to be an id. */
const page = (viewer: Viewer, form: FormData) => {
  const { data } = z.uuid().safeParse(form.get("webhookId"))
  return data ? `${list(viewer)}/${data}` : list(viewer)
}

const newWebhook = z.object({
  url: z.string().trim().min(1, "field-empty").max(500, "webhook-address"),
  kind: z.union([z.enum(WEBHOOK_KINDS), z.array(z.enum(WEBHOOK_KINDS))]).optional().transform((given) => [given ?? []].flat()),
})

/** "Voeg toe": gives the secret, this once. */
export const addWebhookAction = confirmedActionFor(kinds, list, newWebhook, async (viewer, { url, kind }) => {
  const { secret } = await addWebhook(viewer, { url, kinds: kind }, now())
  return secret
})

/** "Nieuw geheim": gives it, this once. */
export const renewWebhookSecretAction = confirmedActionFor(kinds, page, one, async (viewer, input) => {
  const { secret } = await renewWebhookSecret(viewer, input)
  return secret
})

/** "Zet stil" and "Zet weer aan". */
export const stopWebhookAction = confirmedActionFor(kinds, page, one.extend({ stop: z.enum(["yes", "no"]) }), async (viewer, { webhookId, stop }): Promise<void> => {
  await stopWebhook(viewer, { webhookId, stop: stop === "yes" }, now())
  redirect(`${list(viewer)}/${webhookId}?gedaan=${stop === "yes" ? "stil" : "aan"}`)
})

/** "Verwijder". */
export const removeWebhookAction = confirmedActionFor(kinds, page, one, async (viewer, input): Promise<void> => {
  await removeWebhook(viewer, input)
  redirect(`${list(viewer)}?gedaan=weg`)
})

/** "Stuur proefbericht". */
export const pingWebhookAction = confirmedActionFor(kinds, page, one, async (viewer, input): Promise<void> => {
  await pingWebhook(viewer, input, now())
  redirect(`${list(viewer)}/${input.webhookId}?gedaan=verstuurd`)
})

/** "Stuur opnieuw". */
export const replayMessageAction = confirmedActionFor(kinds, page, one.extend({ messageId: z.uuid() }), async (viewer, input): Promise<void> => {
  await replayMessage(viewer, input, now())
  redirect(`${list(viewer)}/${input.webhookId}?gedaan=verstuurd`)
})
