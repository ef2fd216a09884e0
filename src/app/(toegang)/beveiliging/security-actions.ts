"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { confirmedActionFor, readersActionFor } from "#auth/action-door.ts"
import { forgetBrief, keepBriefly, keptBriefly } from "#auth/brief-cookie.ts"
import { homeOf } from "#auth/page-door.ts"
import { beginCodeApp, confirmCodeApp, renewRecoveryCodes, turnOffCodeApp } from "#domain/second-steps/code-app.ts"
import { addPasskey, askNewPasskey, removePasskey } from "#domain/second-steps/passkeys.ts"
import { putOffSecondStep } from "#domain/second-steps/put-off.ts"
import { now } from "#platform/clock.ts"
import { challengeLifetime } from "#policy/second-step-rules.ts"
import { PARTY_KINDS } from "#policy/viewer.ts"

const codeAppPage = "/beveiliging/tweede-stap"
const passkeysPage = "/beveiliging/toegangssleutels"
const settingUp = { settingUp: true } as const
const sure = z.object({ sure: z.literal("yes") })

/** Begins to set up a code app, and shows its secret. */
export const beginCodeAppAction = confirmedActionFor(PARTY_KINDS, codeAppPage, sure, async (viewer): Promise<never> => {
  await beginCodeApp(viewer, now())
  redirect(`${codeAppPage}?stap=app`)
}, settingUp)

/** Confirms the code app by a code of it. Returns the recovery codes, to be shown this once. */
export const confirmCodeAppAction = confirmedActionFor(PARTY_KINDS, codeAppPage, z.object({ code: z.string().trim().min(1, "code-empty").max(100, "code-app-wrong") }), async (viewer, input) => {
  return confirmCodeApp(viewer, input, now())
}, settingUp)

/** Turns the code app off. */
export const turnOffCodeAppAction = confirmedActionFor(PARTY_KINDS, codeAppPage, sure, async (viewer): Promise<void> => {
  await turnOffCodeApp(viewer, now())
  redirect("/beveiliging?uit=ja")
})

/** Makes a new set of recovery codes. Returns it, to be shown this once. */
export const renewRecoveryCodesAction = confirmedActionFor(PARTY_KINDS, codeAppPage, sure, async (viewer) => renewRecoveryCodes(viewer, now()))

/** Asks this browser to make a passkey. Returns what to ask it. */
export const askNewPasskeyAction = confirmedActionFor(PARTY_KINDS, passkeysPage, sure, async (viewer) => {
  const { options, secret } = await askNewPasskey(viewer, now())
  await keepBriefly("sleutel", secret, challengeLifetime)
  return options
}, settingUp)

const passkey = z.object({ name: z.string().trim().min(1, "passkey-name-empty").max(60, "passkey-name-long"), token: z.string().max(100_000, "passkey-refused") })

/** Adds the passkey that this browser made. Returns recovery codes where it is the first second step, to be shown this once; else none. */
export const addPasskeyAction = confirmedActionFor(PARTY_KINDS, passkeysPage, passkey, async (viewer, { name, token }) => {
  const codes = await addPasskey(viewer, { secret: await keptBriefly("sleutel"), answer: token, name }, now())
  await forgetBrief("sleutel")
  return codes ?? []
}, settingUp)

/** Removes a passkey. */
export const removePasskeyAction = confirmedActionFor(PARTY_KINDS, passkeysPage, z.object({ passkeyId: z.uuid() }), async (viewer, input): Promise<void> => {
  await removePasskey(viewer, input, now())
  redirect(`${passkeysPage}?weg=ja`)
})

/** "Later": goes on to the own portal, and asks again after thirty days. */
export const putOffAction = readersActionFor(PARTY_KINDS, z.object({ later: z.literal("yes") }), async (viewer): Promise<never> => {
  await putOffSecondStep(viewer, now())
  redirect(homeOf[viewer.kind])
})
