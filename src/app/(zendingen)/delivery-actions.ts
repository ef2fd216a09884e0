"use server"

import { refresh } from "next/cache"
import { redirect } from "next/navigation"
import { z } from "zod"
import { actionFor } from "#auth/action-door.ts"
import { homeOf } from "#auth/page-door.ts"
import { removeDelivery, removeItem, removeUpload } from "#domain/deliveries/remove-from-delivery.ts"
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

/** "Verzend". */
export const sendAction = actionFor(senders, delivery, async (viewer, input): Promise<void> => {
  await sendDelivery(viewer, input)
  refresh()
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
