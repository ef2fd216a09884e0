"use server"

import { cookies } from "next/headers"
import { redirect } from "next/navigation"
import { z } from "zod"
import { publicAction } from "#auth/action-door.ts"
import { idle } from "#auth/action-state.ts"
import { localeCookie, locales } from "#messages/locale.ts"
import { themeCookie } from "#ui/theme.ts"

const year = 365 * 24 * 60 * 60
const kept = { path: "/", maxAge: year, sameSite: "lax", httpOnly: true } as const

const chooseLanguage = publicAction(z.object({ locale: z.enum(locales) }), async ({ locale }) => {
  (await cookies()).set(localeCookie, locale, kept)
})

/** Changes the language of this browser. */
export async function chooseLanguageAction(form: FormData): Promise<void> {
  await chooseLanguage(idle, form)
}

const schema = z.object({ locale: z.enum(locales), theme: z.enum(["system", "light", "dark"]), back: z.enum(["/werknemer/profiel", "/werkgever/profiel", "/kantoor/profiel"]) })

/** Keeps the language and the looks that were chosen for this browser, and shows the page in them. */
export const choosePreferencesAction = publicAction(schema, async ({ locale, theme, back }) => {
  const jar = await cookies()
  jar.set(localeCookie, locale, kept)
  if (theme === "system") jar.delete(themeCookie)
  else jar.set(themeCookie, theme, kept)
  redirect(`${back}?bewaard=ja`)
})
