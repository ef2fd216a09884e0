import type { Locator, Page } from "playwright-core"
import { expect } from "vitest"
import { shoot } from "../support/browser.ts"
import { chooseFiles, pressOn, tabTo } from "../support/keyboard.ts"
import type { TestPortal } from "../support/portal.ts"
import { codeFor } from "../support/totp.ts"

/** A mail as the inbox tells it. */
type Mail = { recipients: string[]; subject: string; text: string; links: string[]; messageId: string; headers: Record<string, string> }

/** The mails in the portal's inbox, of one receiver when asked. */
export async function mailsIn(portal: TestPortal, to?: string): Promise<Mail[]> {
  const answer = await fetch(`${portal.inboxUrl}/api/mails${to ? `?to=${encodeURIComponent(to)}` : ""}`)
  return JSON.parse(await answer.text())
}

/** Signs in on the sign-in page, and stands in the own portal. */
export async function signIn(page: Page, portal: TestPortal, username: string, password: string): Promise<void> {
  await page.goto(`${portal.url}/aanmelden`)
  await page.getByLabel("Gebruikersnaam of klantnummer").fill(username)
  await page.getByLabel("Wachtwoord", { exact: true }).fill(password)
  await page.getByRole("button", { name: "Aanmelden", exact: true }).click()
  await page.getByRole("navigation", { name: "Hoofdmenu" }).waitFor()
}

/**
 * Sets up a code app on the page that asks for it or leads to it, and goes on when the recovery codes were kept. Uses the code of this moment: the next
 * one that counts is that of the step after it.
 */
export async function setUpCodeApp(page: Page): Promise<{ secret: string; codes: string[] }> {
  const first = page.getByRole("link", { name: "Code-app instellen" })
  const begin = page.getByRole("button", { name: "Code-app instellen" })
  await first.or(begin).first().waitFor()
  if (await first.isVisible()) await first.click()
  await begin.click()
  await page.getByRole("img", { name: "QR-code voor uw code-app" }).waitFor()
  const secret = await page.locator("code.secret").innerText()
  await page.getByLabel("Code uit de app").fill(codeFor(secret, new Date()))
  await page.getByRole("button", { name: "Klaar, zet aan" }).click()
  await page.getByRole("heading", { name: "Uw herstelcodes" }).waitFor()
  const codes = await page.getByRole("list", { name: "Herstelcodes" }).getByRole("listitem").allInnerTexts()
  await page.getByRole("link", { name: "Ik heb ze bewaard" }).click()
  return { secret, codes }
}

/**
 * Lets somebody who was added as a colleague come in: asks the password link that the welcome mail speaks of, chooses a password, and sets up the second step
 * that is asked first. Returns the secret of the code app.
 */
export async function comeInByMail(page: Page, portal: TestPortal, email: string, password: string): Promise<string> {
  await expect.poll(async () => (await mailsIn(portal, email)).map((mail) => mail.subject)).toContain("U kunt inloggen bij Mijn LoonDossier")
  await page.goto(`${portal.url}/wachtwoord`)
  await page.getByLabel("Gebruikersnaam of klantnummer").fill(email)
  await page.getByRole("button", { name: "Stuur mij een link" }).click()
  await page.getByText("Kijk in uw e-mail").first().waitFor()
  await page.goto(await linkFrom(portal, email))
  await page.getByLabel("Nieuw wachtwoord").fill(password)
  expect(await page.getByLabel("Geboortedatum").count()).toBe(0)
  await page.getByRole("button", { name: "Wachtwoord kiezen en aanmelden" }).click()
  const { secret } = await setUpCodeApp(page)
  await page.getByRole("navigation", { name: "Hoofdmenu" }).waitFor()
  return secret
}

/** Signs in as far as the second step, for who has one. */
export async function signInToSecondStep(page: Page, portal: TestPortal, username: string, password: string): Promise<void> {
  await page.goto(`${portal.url}/aanmelden`)
  await page.getByLabel("Gebruikersnaam of klantnummer").fill(username)
  await page.getByLabel("Wachtwoord", { exact: true }).fill(password)
  await page.getByRole("button", { name: "Aanmelden", exact: true }).click()
  await page.getByRole("heading", { name: "Tweede stap", level: 1 }).waitFor()
}

/** Gives a code for the second step, of the app or a recovery code. */
export async function giveCode(page: Page, code: string): Promise<void> {
  await page.getByLabel("Code", { exact: true }).fill(code)
  await page.getByRole("button", { name: "Verder" }).click()
}

/** Signs out by the bar on top. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Afmelden" }).first().click()
  await page.getByRole("heading", { name: "Aanmelden", level: 1 }).waitFor()
}

/** Goes to an entry of the main menu. */
export async function goTo(page: Page, entry: string): Promise<void> {
  await page.getByRole("navigation", { name: "Hoofdmenu" }).getByRole("link", { name: new RegExp(`^${entry}`) }).click()
}

/** Reads people in: chooses the file, looks at the preview, and confirms. Returns what the preview said. */
export async function readPeopleIn(page: Page, source: string, file: string | { name: string; mimeType: string; buffer: Buffer }): Promise<string> {
  await page.getByLabel(source).check()
  await page.getByLabel("Bestand", { exact: true }).setInputFiles(file)
  await page.getByRole("button", { name: "Bekijk wat er verandert" }).click()
  await page.getByRole("button", { name: "Inlezen", exact: true }).waitFor()
  const seen = await page.getByRole("main").innerText()
  await page.getByRole("button", { name: "Inlezen", exact: true }).click()
  await page.getByText("Ingelezen", { exact: true }).waitFor()
  return seen
}

/** Reads a CSV of addresses in by keyboard alone; `seen` is what the preview has to say. */
export async function readAddressesInByKeyboard(page: Page, file: string, seen: RegExp): Promise<void> {
  await tabTo(page, /^Loonaangifte \(XML\)/)
  await page.keyboard.press("ArrowDown")
  expect(await page.getByLabel("CSV met e-mailadressen").isChecked()).toBe(true)
  await chooseFiles(page, /^Bestand$/, [file])
  await pressOn(page, /^Bekijk wat er verandert$/)
  await page.getByText(seen).waitFor()
  await pressOn(page, /^Inlezen$/)
  await page.getByText("Ingelezen", { exact: true }).waitFor()
}

/** Drops files in the delivery on screen, and waits until each was read. */
export async function dropFiles(page: Page, files: readonly string[]): Promise<void> {
  await page.locator("input[type=file]").setInputFiles([...files])
  await allRead(page, files.length)
}

/** Waits until this many files of the delivery on screen were read. */
export async function allRead(page: Page, count: number): Promise<void> {
  await expect.poll(() => page.getByText(/^Gelezen: /).count(), { timeout: 90_000 }).toBe(count)
}

/** Drops files of no kind we know by mistake: takes one document and then every file out of the delivery, each after a question. */
export async function dropAndTakeOut(page: Page, names: readonly string[]): Promise<void> {
  const files = names.map((name) => ({ name, mimeType: "text/xml", buffer: Buffer.from(`<vergissing>${name}</vergissing>`) }))
  await page.locator("input[type=file]").setInputFiles(files)
  const waiting = page.getByRole("table", { name: "Wacht op u" }).getByRole("link", { name: /^Toewijzen/ })
  await expect.poll(() => waiting.count()).toBe(names.length)
  await waiting.first().click()
  const dialog = page.getByRole("dialog")
  await page.getByRole("button", { name: "Haal uit de zending" }).click()
  await shoot(page, "zending-stuk-weghalen")
  await dialog.getByRole("button", { name: "Nee, terug" }).click()
  await page.getByRole("button", { name: "Haal uit de zending" }).click()
  await dialog.getByRole("button", { name: "Haal uit de zending" }).click()
  await expect.poll(() => waiting.count()).toBe(names.length - 1)
  for (const name of names) {
    await page.getByRole("button", { name: `Haal ${name} weg` }).click()
    await shoot(page, "zending-bestand-weghalen")
    await dialog.getByRole("button", { name: "Haal weg", exact: true }).click()
    await page.getByText(name, { exact: true }).waitFor({ state: "detached" })
  }
}

/** Asks the link for a password and chooses one with it, the way a person does: from the mail, with the date of birth. */
export async function choosePassword(page: Page, portal: TestPortal, who: { username: string; email: string; birthDate: string; password: string }): Promise<void> {
  await page.goto(`${portal.url}/wachtwoord`)
  await page.getByLabel("Gebruikersnaam of klantnummer").fill(who.username)
  await page.getByRole("button", { name: "Stuur mij een link" }).click()
  await page.getByText("Kijk in uw e-mail").first().waitFor()
  await page.goto(await linkFrom(portal, who.email))
  await page.getByLabel("Geboortedatum").fill(who.birthDate)
  await page.getByLabel("Nieuw wachtwoord").fill(who.password)
  await page.getByRole("button", { name: "Wachtwoord kiezen en aanmelden" }).click()
  await page.getByRole("navigation", { name: "Hoofdmenu" }).waitFor()
}

/** The link in the newest mail that has one to choose a password. */
export async function linkFrom(portal: TestPortal, email: string): Promise<string> {
  let link = ""
  await expect
    .poll(async () => (link = (await mailsIn(portal, email)).flatMap((mail) => mail.links).find((one) => one.includes("/wachtwoord/kiezen#")) ?? ""), { timeout: 30_000 })
    .toContain("#")
  return link
}

/** The line above a list that folds, with its count: "Loon-bestanden voor 2026 (1)". */
export function section(page: Page, title: string): Locator {
  return page.locator("summary").filter({ hasText: title })
}
