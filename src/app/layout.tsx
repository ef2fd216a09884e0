import sans from "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2"
import serif from "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2"
import type { Metadata, Viewport } from "next"
import { cookies, headers } from "next/headers"
import { getLocale, getTranslations } from "next-intl/server"
import type { ReactNode } from "react"
import { preload } from "react-dom"
import { assertPassedFront } from "#auth/front.ts"
import { PageWordsProvider } from "#ui/page-words.tsx"
import { themeCookie, themeFor } from "#ui/theme.ts"
import "./globals.css"

export const metadata: Metadata = {
  title: { default: "Mijn LoonDossier", template: "%s · Mijn LoonDossier" },
  robots: { index: false, follow: false },
  formatDetection: { telephone: false, date: false, address: false, email: false },
}
export const viewport: Viewport = { width: "device-width", initialScale: 1, viewportFit: "cover", colorScheme: "light dark" }

/** Every page: language and theme on <html>, the fonts, the skip link. It runs on each request, so it stays cheap. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  assertPassedFront(await headers())
  for (const font of [sans, serif]) preload(font, { as: "font", type: "font/woff2", crossOrigin: "anonymous" })
  const t = await getTranslations()
  const words = {
    notFoundTitle: t("errors.page.notFoundTitle"),
    notFoundLead: t("errors.page.notFoundLead"),
    unexpectedTitle: t("errors.page.unexpectedTitle"),
    unexpectedLead: t("errors.page.unexpectedLead"),
    reference: t.raw("errors.page.reference"),
    again: t("common.tryAgain"),
    toStart: t("errors.page.toStart"),
    notSent: t("errors.not-sent"),
  }
  return (
    <html lang={await getLocale()} data-theme={themeFor((await cookies()).get(themeCookie)?.value)}>
      <body>
        <a className="skip" href="#inhoud">
          {t("common.skip")}
        </a>
        <PageWordsProvider words={words}>{children}</PageWordsProvider>
      </body>
    </html>
  )
}
