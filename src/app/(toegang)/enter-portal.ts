import { cookies } from "next/headers"
import { forgetBrief, keepBriefly, keptBriefly } from "#auth/brief-cookie.ts"
import { keepBrowser, knownBrowser } from "#auth/device-cookie.ts"
import { enter } from "#auth/enter.ts"
import { currentViewer, currentViewerOf } from "#auth/session.ts"
import { viewPreferences } from "#domain/accounts/preferences.ts"
import type { Entered } from "#domain/second-steps/begin-sign-in.ts"
import { rememberBrowser } from "#domain/sessions/seen-device.ts"
import { signOut } from "#domain/sessions/sign-out.ts"
import { localeCookie, type Locale } from "#messages/locale.ts"
import { now } from "#platform/clock.ts"
import { pendingLimits } from "#policy/second-step-rules.ts"
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

/** Ends the session that this browser had (OWASP ASVS 7.2.4), opens the cookie of the one that was just begun, in the language and theme that its account chose, remembers the browser, and tells where its portal begins; for who came to add an employment, where that is done. */
export async function enterPortal(secret: string): Promise<string> {
  const before = await currentViewer()
  if (before) await signOut(before, now())
  const home = await enter(secret)
  const viewer = await currentViewerOf(secret)
  if (viewer) await keepBrowser(await rememberBrowser(viewer, await knownBrowser(), now()))
  const chosen = viewer && (await viewPreferences(viewer))
  if (chosen?.chosen) await keepLooks(chosen)
  return viewer && !viewer.mustSetUp && (await keptBriefly("koppel")) ? "/koppelen" : home
}

/** Goes on after a right password or a one-time link: inside, or to the page that asks for the second step. Returns where to. */
export async function goOn(entered: Entered): Promise<string> {
  if ("session" in entered) return enterPortal(entered.session)
  await keepBriefly("stap", entered.pending, pendingLimits.lifetime)
  return "/aanmelden/tweede-stap"
}

/** As enterPortal, after the second step: what waited for it is thrown away. */
export async function enterByStep(secret: string): Promise<string> {
  await forgetBrief("stap")
  return enterPortal(secret)
}
