"use server"

import { refresh } from "next/cache"
import { redirect } from "next/navigation"
import { z } from "zod"
import { actionFor } from "#auth/action-door.ts"
import { homeOf } from "#auth/page-door.ts"
import { changePublication, planDelivery, takeBackDelivery } from "#domain/deliveries/plan-delivery.ts"
import { removeDelivery, removeItem, removeUpload } from "#domain/deliveries/remove-from-delivery.ts"
import { sendTogether } from "#domain/deliveries/send-together.ts"
import { sendDelivery, stageDelivery, unstageDelivery } from "#domain/deliveries/stage-delivery.ts"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import { now } from "#platform/clock.ts"
import type { Viewer } from "#policy/viewer.ts"

const senders = ["office", "employer"] as const
const delivery = z.object({ deliveryId: z.uuid() })

function listOf(viewer: Viewer): string {
  return `${homeOf[viewer.kind]}/zendingen`
}

/** Begins a delivery and goes there. An office names the employer; an employer begins its own. */
export const startDeliveryAction = actionFor(senders, z.object({ employerId: z.uuid("employer-missing").optional() }), async (viewer, input): Promise<void> => {
  const { deliveryId } = await startDelivery(viewer, { employerId: input.employerId ?? null }, now())
  redirect(`${listOf(viewer)}/${deliveryId}`)
})

/** "Zet klaar". */
export const stageAction = actionFor(senders, delivery, async (viewer, input): Promise<void> => {
  await stageDelivery(viewer, input, now())
  refresh()
})

/** "Terug om te wijzigen". */
export const unstageAction = actionFor(senders, delivery, async (viewer, input): Promise<void> => {
  await unstageDelivery(viewer, input)
  refresh()
})

/** A day and time as a field for it gives it; "" for none. */
const moment = z.string().max(40)

/** "Verzend", at once or on a day and time. */
export const sendAction = actionFor(senders, delivery.extend({ publishAt: moment }), async (viewer, { deliveryId, publishAt }): Promise<void> => {
  if (publishAt) await planDelivery(viewer, { deliveryId, publishAt }, now())
  else await sendDelivery(viewer, { deliveryId })
  refresh()
})

/** Another publication date. */
export const changePublicationAction = actionFor(senders, delivery.extend({ publishAt: moment }), async (viewer, input): Promise<void> => {
  await changePublication(viewer, input, now())
  refresh()
})

/** Takes a planned delivery back. */
export const takeBackAction = actionFor(senders, delivery, async (viewer, input): Promise<void> => {
  await takeBackDelivery(viewer, input)
  refresh()
})

/** "Verzend" for all that are ticked; tells on the list how many went. */
export const sendTogetherAction = actionFor(senders, z.object({ zending: z.union([z.uuid("deliveries-none"), z.array(z.uuid()).max(200, "deliveries-too-many")], "deliveries-none") }), async (viewer, { zending }): Promise<void> => {
  const { sent, refused } = await sendTogether(viewer, { deliveryIds: [zending].flat() })
  redirect(`${listOf(viewer)}?verzonden=${sent}&niet=${refused}`)
})

/** Throws a delivery away and goes back to the list. */
export const removeDeliveryAction = actionFor(senders, delivery, async (viewer, input): Promise<void> => {
  await removeDelivery(viewer, input)
  redirect(listOf(viewer))
})

/** Takes one file out, with all that came from it. */
export const removeUploadAction = actionFor(senders, z.object({ uploadId: z.uuid() }), async (viewer, input): Promise<void> => {
  await removeUpload(viewer, input)
  refresh()
})

/** Takes one document out and goes back to its delivery. */
export const removeItemAction = actionFor(senders, delivery.extend({ itemId: z.uuid() }), async (viewer, { deliveryId, itemId }): Promise<void> => {
  await removeItem(viewer, { itemId })
  redirect(`${listOf(viewer)}/${deliveryId}`)
})
