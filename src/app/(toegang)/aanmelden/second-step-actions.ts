"use server"

import { headers } from "next/headers"
import { redirect } from "next/navigation"
import { z } from "zod"
import { publicAction } from "#auth/action-door.ts"
import { forgetBrief, keepBriefly, keptBriefly } from "#auth/brief-cookie.ts"
import { askPasskey } from "#domain/second-steps/passkeys.ts"
import { passSecondStep } from "#domain/second-steps/pass-second-step.ts"
import { signInWithPasskey } from "#domain/second-steps/sign-in-with-passkey.ts"
import { now } from "#platform/clock.ts"
import { challengeLifetime } from "#policy/second-step-rules.ts"
import { enterByStep } from "../enter-portal.ts"

/** Gives the code that the second step asks for, and goes inside; after a recovery code to where one sees how many are left. */
export const secondStepAction = publicAction(z.object({ code: z.string().trim().min(1, "code-empty").max(100, "code-app-wrong") }), async ({ code }): Promise<never> => {
  const { session, by } = await passSecondStep({ pending: await keptBriefly("stap"), code }, now())
  const home = await enterByStep(session)
  redirect(by === "recovery-code" ? "/beveiliging?herstelcode=ja" : home)
})

/** Asks this browser to sign with a passkey, to sign in. Returns what to ask it. */
export const askPasskeyAction = publicAction(z.object({ ask: z.literal("passkey") }), async () => {
  const { options, secret } = await askPasskey(null, now())
  await keepBriefly("sleutel", secret, challengeLifetime)
  return options
})

/** Signs in with what the passkey of this browser signed. */
export const signInWithPasskeyAction = publicAction(z.object({ token: z.string().max(100_000, "passkey-refused") }), async ({ token }): Promise<never> => {
  const device = (await headers()).get("user-agent")
  const secret = await keptBriefly("sleutel")
  const session = await signInWithPasskey({ secret, answer: token, device }, now())
  await forgetBrief("sleutel")
  redirect(await enterByStep(session))
})
