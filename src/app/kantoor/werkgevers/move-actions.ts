"use server"

import { refresh } from "next/cache"
import { z } from "zod"
import { actionFor } from "#auth/action-door.ts"
import { acceptEmployer } from "#domain/moves/accept-employer.ts"
import { declineEmployer } from "#domain/moves/ask-office.ts"
import { now } from "#platform/clock.ts"

const move = z.object({ moveId: z.uuid() })

/** Takes over an employer that asked for it. */
export const acceptEmployerAction = actionFor(["office"], move, async (viewer, input): Promise<void> => {
  await acceptEmployer(viewer, input, now())
  refresh()
})

/** Says no to an employer that asked. */
export const declineEmployerAction = actionFor(["office"], move, async (viewer, input): Promise<void> => {
  await declineEmployer(viewer, input, now())
  refresh()
})
