"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { confirmedActionFor, readersActionFor } from "#auth/action-door.ts"
import { closeCookie, openCookie } from "#auth/cookie.ts"
import { changePassword } from "#domain/accounts/change-password.ts"
import { changeUsername } from "#domain/accounts/change-username.ts"
import { endAllOwnSessions, endOwnSession } from "#domain/sessions/own-sessions.ts"
import { now } from "#platform/clock.ts"
import { PARTY_KINDS } from "#policy/viewer.ts"

const devicesPage = "/beveiliging/apparaten"
const usernamePage = "/beveiliging/gebruikersnaam"

const password = z.string().min(1, "password-empty").max(1000, "password-too-long")
const ownPassword = z.object({ current: password, password, others: z.literal("yes").optional() })

/** Changes the own password, which one gives along with the new one. The other devices are signed out if that was asked. */
export const changePasswordAction = readersActionFor(PARTY_KINDS, ownPassword, async (viewer, { others, ...input }) => {
  await openCookie(await changePassword(viewer, { ...input, endOthers: others === "yes" }, now()))
  return "changed"
})

/** Changes the own username, and shows the new one. */
export const changeUsernameAction = confirmedActionFor(PARTY_KINDS, usernamePage, z.object({ username: z.string().trim().min(1, "username-empty").max(300, "username-invalid") }), async (viewer, input): Promise<never> => {
  await openCookie(await changeUsername(viewer, input, now()))
  redirect(`${usernamePage}?gewijzigd=ja`)
})

/** Signs out one device. */
export const endSessionAction = confirmedActionFor(PARTY_KINDS, devicesPage, z.object({ sessionId: z.uuid() }), async (viewer, input): Promise<void> => {
  await endOwnSession(viewer, input, now())
  redirect(input.sessionId === viewer.sessionId ? "/aanmelden" : `${devicesPage}?afgemeld=ja`)
})

/** "Overal uitloggen": signs out every device, this one too. */
export const endAllSessionsAction = confirmedActionFor(PARTY_KINDS, devicesPage, z.object({ sure: z.literal("yes") }), async (viewer): Promise<void> => {
  await endAllOwnSessions(viewer, now())
  await closeCookie()
  redirect("/aanmelden?afgemeld=ja")
})
