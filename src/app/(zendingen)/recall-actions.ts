"use server"

import { refresh } from "next/cache"
import { z } from "zod"
import { actionFor } from "#auth/action-door.ts"
import { withdrawFile } from "#domain/files/withdraw-file.ts"
import { now } from "#platform/clock.ts"
import { WITHDRAWAL_REASONS } from "#policy/withdrawal-reasons.ts"

/** "Trek in": who sent a payroll file takes it back from everybody who received it. */
export const withdrawFileAction = actionFor(["office", "employer"], z.object({ fileId: z.uuid(), reason: z.enum(WITHDRAWAL_REASONS, "withdrawal-reason") }), async (viewer, input): Promise<void> => {
  await withdrawFile(viewer, input, now())
  refresh()
})
