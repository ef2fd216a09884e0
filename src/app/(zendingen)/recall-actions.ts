"use server"

import { refresh } from "next/cache"
import { z } from "zod"
import { actionFor } from "#auth/action-door.ts"
import { withdrawDelivery } from "#domain/deliveries/withdraw-delivery.ts"
import { withdrawFile } from "#domain/files/withdraw-file.ts"
import { now } from "#platform/clock.ts"
import { WITHDRAWAL_REASONS } from "#policy/withdrawal-reasons.ts"

const senders = ["office", "employer"] as const
const why = { reason: z.enum(WITHDRAWAL_REASONS, "withdrawal-reason"), note: z.string() }

/** "Trek in": who sent a payroll file takes it back from everybody who received it. */
export const withdrawFileAction = actionFor(senders, z.object({ fileId: z.uuid(), ...why }), async (viewer, input): Promise<void> => {
  await withdrawFile(viewer, input, now())
  refresh()
})

/** "Trek hele zending in". */
export const withdrawDeliveryAction = actionFor(senders, z.object({ deliveryId: z.uuid(), ...why }), async (viewer, input): Promise<void> => {
  await withdrawDelivery(viewer, input, now())
  refresh()
})
