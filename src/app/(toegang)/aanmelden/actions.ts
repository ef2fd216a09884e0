"use server"

import { setTimeout } from "node:timers/promises"
import { redirect } from "next/navigation"
import { z } from "zod"
import { publicAction } from "#auth/action-door.ts"
import { askedFrom } from "#auth/asked-from.ts"
import { signIn } from "#domain/accounts/sign-in.ts"
import { now } from "#platform/clock.ts"
import { goOn } from "../enter-portal.ts"

const schema = z.object({
  username: z.string().trim().min(1, "username-empty").max(300, "username-invalid"),
  password: z.string().min(1, "password-empty").max(1000, "password-too-long"),
})

/** Longer than a wrong try takes while nobody waits in line: one for a known username is written down too, which its time would tell. */
const refusedAfter = 250

/** Signs in and goes to the own portal, or to the page that asks for the second step. */
export const signInAction = publicAction(schema, async (input) => {
  const calm = setTimeout(refusedAfter)
  const entered = await signIn({ ...input, ...(await askedFrom()) }, now()).catch(async (error: unknown) => {
    await calm
    throw error
  })
  redirect(await goOn(entered))
})
