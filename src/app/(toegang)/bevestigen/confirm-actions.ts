"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { readersActionFor } from "#auth/action-door.ts"
import { askedFrom } from "#auth/asked-from.ts"
import { forgetBrief, keepBriefly, keptBriefly } from "#auth/brief-cookie.ts"
import { openCookie } from "#auth/cookie.ts"
import { confirmByPassword } from "#domain/accounts/confirm-by-password.ts"
import { renewOwnSession } from "#domain/accounts/renew-session.ts"
import { confirmByCode, confirmByPasskey } from "#domain/second-steps/confirm-holder.ts"
import { askPasskey } from "#domain/second-steps/passkeys.ts"
import { now } from "#platform/clock.ts"
import { innerPath } from "#policy/inner-path.ts"
import { challengeLifetime } from "#policy/second-step-rules.ts"
import { PARTY_KINDS } from "#policy/viewer.ts"

const naar = z.string().max(2000).transform((text) => innerPath(text) ?? "/beveiliging")
const settingUp = { settingUp: true } as const

/** Proves to be the holder by the password, and goes on. */
export const confirmByPasswordAction = readersActionFor(PARTY_KINDS, z.object({ naar, password: z.string().min(1, "password-empty").max(1000, "password-too-long") }), async (viewer, { naar: to, password }): Promise<never> => {
  await confirmByPassword(viewer, { password, ...(await askedFrom()) }, now())
  await openCookie(await renewOwnSession(viewer))
  redirect(to)
}, settingUp)

/** Proves it by a code of the app or a recovery code, and goes on. */
export const confirmByCodeAction = readersActionFor(PARTY_KINDS, z.object({ naar, code: z.string().trim().min(1, "code-empty").max(100, "code-app-wrong") }), async (viewer, { naar: to, code }): Promise<never> => {
  await confirmByCode(viewer, { code }, now())
  await openCookie(await renewOwnSession(viewer))
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
  await confirmByPasskey(viewer, { secret: await keptBriefly("sleutel"), answer: token }, now())
  await forgetBrief("sleutel")
  await openCookie(await renewOwnSession(viewer))
  redirect(to)
}, settingUp)
