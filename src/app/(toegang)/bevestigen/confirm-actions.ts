"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { readersActionFor } from "#auth/action-door.ts"
import { openCookie } from "#auth/cookie.ts"
import { confirmByPassword } from "#domain/accounts/confirm-by-password.ts"
import { now } from "#platform/clock.ts"
import { ownPath } from "#policy/own-path.ts"
import { PARTY_KINDS } from "#policy/viewer.ts"

const schema = z.object({ current: z.string().min(1, "password-empty").max(1000, "password-too-long"), next: z.string().max(500).transform(ownPath) })

/** Proves once more by the password who one is, and goes on to where that was asked; never to another site. */
export const confirmByPasswordAction = readersActionFor(PARTY_KINDS, schema, async (viewer, { current, next }): Promise<never> => {
  await openCookie(await confirmByPassword(viewer, { password: current }, now()))
  redirect(next)
}, { settingUp: true })
