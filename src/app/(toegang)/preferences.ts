"use server"

import { cookies } from "next/headers"
import { redirect } from "next/navigation"
import { z } from "zod"
import { confirmedActionFor, publicAction, readersActionFor } from "#auth/action-door.ts"
import { idle } from "#auth/action-state.ts"
import { homeOf } from "#auth/page-door.ts"
import { choosePreferences } from "#domain/accounts/preferences.ts"
import { changePrivateEmail } from "#domain/accounts/private-email.ts"
import { localeCookie, locales } from "#messages/locale.ts"
import { now } from "#platform/clock.ts"
import { PARTY_KINDS } from "#policy/viewer.ts"
import { keepLooks, kept } from "./enter-portal.ts"

const chooseLanguage = publicAction(z.object({ locale: z.enum(locales) }), async ({ locale }) => {
  (await cookies()).set(localeCookie, locale, kept)
})

/** Changes the language of this browser. */
export async function chooseLanguageAction(form: FormData): Promise<void> {
  await chooseLanguage(idle, form)
}

const schema = z.object({ locale: z.enum(locales), theme: z.enum(["system", "light", "dark"]), mails: z.literal("yes").optional() })

/** Keeps the language, the looks and the mails that were chosen, for the account and at once for this browser, and shows the profile in them. */
export const choosePreferencesAction = readersActionFor(PARTY_KINDS, schema, async (viewer, { locale, theme, mails }): Promise<never> => {
  await choosePreferences(viewer, { locale, theme, mailsOnNewFiles: mails === "yes" }, now())
  await keepLooks({ locale, theme })
  redirect(`${homeOf[viewer.kind]}/profiel?bewaard=ja`)
})

/** Asks to change the private address of an employee, or takes it away when it is left empty. */
export const changePrivateEmailAction = confirmedActionFor(["employee"], "/werknemer/profiel", z.object({ privateEmail: z.string().max(300, "email-invalid") }), async (viewer, { privateEmail }) => {
  return changePrivateEmail(viewer, { address: privateEmail }, now())
})
