"use server"

import { refresh } from "next/cache"
import { z } from "zod"
import { actionFor } from "#auth/action-door.ts"
import { chooseOffice, confirmOffice, withdrawOffice } from "#domain/moves/ask-office.ts"
import { now } from "#platform/clock.ts"

const move = z.object({ moveId: z.uuid() })

/** Chooses an office by its client number; the page then names it and asks for a confirmation. */
export const chooseOfficeAction = actionFor(["employer"], z.object({ clientNumber: z.string().trim().min(1, "field-empty").max(40) }), async (viewer, input): Promise<void> => {
  await chooseOffice(viewer, input, now())
  refresh()
})

/** Confirms: the office is asked. */
export const confirmOfficeAction = actionFor(["employer"], move, async (viewer, input): Promise<void> => {
  await confirmOffice(viewer, input, now())
  refresh()
})

/** Takes the question back. */
export const withdrawOfficeAction = actionFor(["employer"], move, async (viewer, input): Promise<void> => {
  await withdrawOffice(viewer, input, now())
  refresh()
})
