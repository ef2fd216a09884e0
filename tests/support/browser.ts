import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import chromium from "@sparticuz/chromium"
import { chromium as playwright } from "playwright-core"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { packedChromium } from "./chromium.ts"

const screens = join(import.meta.dirname, "../../.output/screens")
const looks = [
  { width: 390, colorScheme: "light" },
  { width: 1440, colorScheme: "dark" },
  { width: 390, colorScheme: "dark" },
  { width: 1440, colorScheme: "light" },
] as const
/** A full page in one look takes half a second; SCREENS=all keeps every one. */
const kept = process.env.SCREENS === "all" ? looks : looks.slice(0, 2)

/** A real Chromium: the one of CHROMIUM_PATH, or the one that came with npm. Close it in afterAll. */
export async function openBrowser(): Promise<Browser> {
  const own = process.env.CHROMIUM_PATH
  if (own) return playwright.launch({ executablePath: own, args: ["--no-sandbox"], headless: true })
  const args = chromium.args.filter((one) => !/^--(headless|single-process|disable-web-security|allow-running-insecure-content)/.test(one))
  return playwright.launch({ ...(await packedChromium()), args, headless: true })
}

/** A visitor with no cookies, as a Dutch reader has it set. What is waited for may take long: a busy machine is no failure. */
export async function newVisitor(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: "nl-NL", timezoneId: "Europe/Amsterdam", viewport: { width: 1440, height: 900 }, acceptDownloads: true })
  context.setDefaultTimeout(60_000)
  return context
}

/** A page of a visitor of its own; what goes wrong in its scripts comes into `troubles`. */
export async function watchedPage(browser: Browser, troubles: string[]): Promise<Page> {
  const page = await (await newVisitor(browser)).newPage()
  page.on("console", (message) => message.type() === "error" && troubles.push(message.text()))
  page.on("pageerror", (error) => troubles.push(error.message))
  return page
}

/** Keeps the page as it is now, narrow and light, and wide and dark, as .output/screens/<name>-<width>-<scheme>.png; in all four looks with SCREENS=all. */
export async function shoot(page: Page, name: string): Promise<void> {
  await mkdir(screens, { recursive: true })
  const before = page.viewportSize()
  for (const { width, colorScheme } of kept) {
    await page.setViewportSize({ width, height: width < 500 ? 844 : 900 })
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
    await page.screenshot({ path: join(screens, `${name}-${width}-${colorScheme}.png`), fullPage: true, animations: "disabled" })
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null })
  if (before) await page.setViewportSize(before)
}
