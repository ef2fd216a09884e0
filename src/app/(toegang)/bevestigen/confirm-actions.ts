"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { readersActionFor } from "#auth/action-door.ts"
import { forgetBrief, keepBriefly, keptBriefly } from "#auth/brief-cookie.ts"
import { openCookie } from "#auth/cookie.ts"
import { confirmByPasskey, confirmByPassword } from "#domain/second-steps/confirm-holder.ts"
import { askPasskey } from "#domain/second-steps/passkeys.ts"
import { now } from "#platform/clock.ts"
import { innerPath } from "#policy/inner-path.ts"
import { challengeLifetime } from "#policy/second-step-rules.ts"
import { PARTY_KINDS } from "#policy/viewer.ts"

const naar = z.string().max(2000).transform((text) => innerPath(text) ?? "/beveiliging")
const settingUp = { settingUp: true } as const

const byPassword = z.object({ naar, current: z.string().min(1, "password-empty").max(1000, "password-too-long"), code: z.string().trim().max(100, "code-app-wrong").default("") })

/** Proves to be the holder by the password, with a code where the account has them, and goes on. */
export const confirmByPasswordAction = readersActionFor(PARTY_KINDS, byPassword, async (viewer, { naar: to, current, code }): Promise<never> => {
  await openCookie(await confirmByPassword(viewer, { password: current, code }, now()))
  redirect(to)
}, settingUp)

/** Asks this browser to sign with a passkey of the viewer. Returns what to ask it. */
export const askOwnPasskeyAction = readersActionFor(PARTY_KINDS, z.object({ ask: z.literal("passkey") }), async (viewer) => {
  const { options, secret } = await askPasskey(viewer, now())
  await keepBriefly("sleutel", secret, challengeLifetime)
  return options
}, settingUp)

/** Proves it by what the passkey of this browser signed, and goes on. */
export const confirmByPasskeyAction = readersActionFor(PARTY_KINDS, z.object({ naar, token: z.string().max(100_000, "passkey-refused") }), async (viewer, { naar: to, token }): Promise<never> => {
  await openCookie(await confirmByPasskey(viewer, { secret: await keptBriefly("sleutel"), answer: token }, now()))
  await forgetBrief("sleutel")
  redirect(to)
}, settingUp)
