"use server"

import { z } from "zod"
import { publicAction } from "#auth/action-door.ts"
import { switchMailsOff } from "#domain/mails/switch-off.ts"

/** Switches the mails about new files off, for the account that the code in the mail is of. */
export const switchMailsOffAction = publicAction(z.object({ code: z.string().trim().min(1, "token-empty").max(500, "link-unknown") }), async ({ code }) => {
  await switchMailsOff({ token: code })
  return "off" as const
})
