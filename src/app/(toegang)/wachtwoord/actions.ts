"use server"

import { setTimeout } from "node:timers/promises"
import { z } from "zod"
import { publicAction, readersActionFor } from "#auth/action-door.ts"
import { askPasswordLink } from "#domain/accounts/ask-password-link.ts"
import { now } from "#platform/clock.ts"
import { PARTY_KINDS } from "#policy/viewer.ts"

/** Longer than asking a link ever takes, so that the time of the answer does not tell whether the username is known. */
const atLeast = 400

const schema = z.object({ username: z.string().trim().min(1, "username-empty").max(300, "username-invalid") })

/** Asks a link to choose a password. The answer is the same, after the same time, whether or not the username is known. */
export const askLinkAction = publicAction(schema, async (input) => {
  const [asked] = await Promise.allSettled([askPasswordLink(input, now()), setTimeout(atLeast)])
  if (asked.status === "rejected") throw asked.reason
  return "asked"
})

/** Asks a link for one's own username, to choose another password. */
export const askOwnLinkAction = readersActionFor(PARTY_KINDS, z.object({}), async ({ username }) => {
  await askPasswordLink({ username }, now())
  return "asked"
})
