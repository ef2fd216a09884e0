"use server"

import { setTimeout } from "node:timers/promises"
import { z } from "zod"
import { publicAction } from "#auth/action-door.ts"
import { askedFrom } from "#auth/asked-from.ts"
import { askUsernames } from "#domain/accounts/ask-usernames.ts"
import { now } from "#platform/clock.ts"

/** Longer than asking ever takes, so that the time of the answer does not tell whether the address is known. */
const atLeast = 400

/** Asks the usernames of an address by mail. The answer is the same, after the same time, whether or not the address is known. */
export const askUsernamesAction = publicAction(z.object({ email: z.string().trim().min(1, "field-empty").max(300, "email-invalid") }), async ({ email }) => {
  const { source } = await askedFrom()
  const [asked] = await Promise.allSettled([askUsernames({ email, source }, now()), setTimeout(atLeast)])
  if (asked.status === "rejected") throw asked.reason
  return "asked"
})
