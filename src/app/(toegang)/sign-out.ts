"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { publicAction } from "#auth/action-door.ts"
import { idle } from "#auth/action-state.ts"
import { forgetBrief } from "#auth/brief-cookie.ts"
import { closeCookie } from "#auth/cookie.ts"
import { currentViewer } from "#auth/session.ts"
import { signOut } from "#domain/sessions/sign-out.ts"
import { now } from "#platform/clock.ts"

const leave = publicAction(z.object({}), async () => {
  const viewer = await currentViewer()
  if (viewer) await signOut(viewer, now())
  await closeCookie()
  await forgetBrief("koppel")
  redirect("/aanmelden?afgemeld=ja")
})

/** "Afmelden": ends the session and its cookie, whether or not it still held. */
export async function signOutAction(form: FormData): Promise<void> {
  await leave(idle, form)
}
