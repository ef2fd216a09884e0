"use server"

import { refresh } from "next/cache"
import { z } from "zod"
import { actionFor } from "#auth/action-door.ts"
import { retryMail } from "#domain/mails/retry-mail.ts"
import { now } from "#platform/clock.ts"

/** "Probeer opnieuw", of one mail. */
export const retryMailAction = actionFor(["office", "employer"], z.object({ mailId: z.uuid() }), async (viewer, input): Promise<void> => {
  await retryMail(viewer, input, now())
  refresh()
})
