import { cookies } from "next/headers"
import { enter } from "#auth/enter.ts"
import { viewPreferences } from "#domain/accounts/preferences.ts"
import { currentViewerOf } from "#auth/session.ts"
import { localeCookie, type Locale } from "#messages/locale.ts"
import { themeCookie } from "#ui/theme.ts"

const year = 365 * 24 * 60 * 60

/** How the cookies of language and theme are kept. */
export const kept = { path: "/", maxAge: year, sameSite: "lax", httpOnly: true } as const

/** Keeps a language and a theme in this browser; "system" is as the device has it. Only from an action. */
export async function keepLooks({ locale, theme }: { locale: Locale; theme: "system" | "light" | "dark" }): Promise<void> {
  const jar = await cookies()
  jar.set(localeCookie, locale, kept)
  if (theme === "system") jar.delete(themeCookie)
  else jar.set(themeCookie, theme, kept)
}

/** Opens the cookie of a session that was just begun, in the language and theme that its account chose, and tells where its portal begins. */
export async function enterPortal(secret: string): Promise<string> {
  const home = await enter(secret)
  const viewer = await currentViewerOf(secret)
  const chosen = viewer && (await viewPreferences(viewer))
  if (chosen?.chosen) await keepLooks(chosen)
  return home
}
