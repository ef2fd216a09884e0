"use server"

import { z } from "zod"
import { actionFor } from "#auth/action-door.ts"
import { confirmPrivateEmail } from "#domain/accounts/private-email.ts"
import { now } from "#platform/clock.ts"

const token = z.string().trim().min(1, "token-empty").max(500, "link-unknown").transform((text) => text.replace(/^.*#/, ""))

/** Confirms a private address with the link that was mailed to it, for the account that asked it. The whole address of the link may be given. */
export const confirmAddressAction = actionFor(["employee"], z.object({ token }), async (viewer, input) => {
  await confirmPrivateEmail(viewer, input, now())
  return "confirmed"
})
