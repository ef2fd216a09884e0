"use server"

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

/** Signs in and goes to the own portal, or to the page that asks for the second step. */
export const signInAction = publicAction(schema, async (input) => {
  redirect(await goOn(await signIn({ ...input, ...(await askedFrom()) }, now())))
})
