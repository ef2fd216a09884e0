import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { axeFindings } from "../support/axe.ts"
import { openBrowser, shoot, watchedPage } from "../support/browser.ts"
import { client, startConsentServer } from "../support/consent-server.ts"
import { ownCertificate, startMailServer } from "../support/mail-server.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { signIn } from "./steps.ts"

let folder = ""
let portal: TestPortal
let browser: Browser
let page: Page
let server: Awaited<ReturnType<typeof startMailServer>>
let byToken: Awaited<ReturnType<typeof startMailServer>>
let consent: Awaited<ReturnType<typeof startConsentServer>>
let office: { accountId: string; partyId: string; username: string }
const troubles: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "loondossier-certificate-"))
  const certificates = join(folder, "ca.pem")
  await writeFile(certificates, ownCertificate().cert)
  server = await startMailServer({ security: "starttls" })
  byToken = await startMailServer({ token: "nog geen" })
  consent = await startConsentServer()
  const known = { MAIL_OAUTH_SERVER: consent.url, MAIL_OAUTH_MICROSOFT_ID: client.id, MAIL_OAUTH_MICROSOFT_SECRET: client.secret }
  portal = await startPortal({ environment: { OUTGOING_LOOPBACK: "yes", NODE_EXTRA_CA_CERTS: certificates, ...known } })
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "silent" })
  office = await (await import("../support/house.ts")).makeOffice()
  browser = await openBrowser()
  page = await watchedPage(browser, troubles)
  await signIn(page, portal, office.username, "zeven groene fietsen")
}, 400_000)

afterAll(async () => {
  await browser?.close()
  await closeQueue()
  await closeDatabase()
  await portal?.stop()
  await Promise.all([server?.stop(), byToken?.stop(), consent?.stop()])
  await rm(folder, { recursive: true, force: true })
})

const heading = (name: string) => page.getByRole("heading", { name, level: 1 })
const press = (name: string) => page.getByRole("button", { name, exact: true }).first().click()
const fill = (label: string, words: string) => page.getByLabel(label, { exact: true }).fill(words)
const sure = (name: string) => page.getByRole("dialog").getByRole("button", { name, exact: true }).click()
const says = (words: string) => page.getByText(words).first().waitFor()
const sound = async (about: string) => expect(await axeFindings(page, about)).toEqual([])

/** Queues a mail about the office itself, as anything that happens does. */
async function queueMail(toAddress: string): Promise<void> {
  const { queueMails } = await import("#domain/mails/queue-mails.ts")
  await asSystem("operate", (tx) => queueMails(tx, [{ kind: "reminder", accountId: office.accountId, toAddress, partyId: office.partyId }], new Date()))
}

test("an office sets up its own mailbox, and is told what is wrong with what it fills in", async () => {
  await page.goto(`${portal.url}/kantoor/koppelingen`)
  await page.getByRole("link", { name: "Naar mailbox" }).click()
  await heading("Mailbox").waitFor()
  await shoot(page, "mailbox-leeg")
  await sound("no mailbox")
  await fill("Afzenderadres", "loon@delinde.test")
  await page.getByLabel("Provider", { exact: true }).selectOption("other")
  await fill("Server", "localhost")
  await fill("Poort", "25")
  await page.locator("#password").fill("fout wachtwoord")
  await press("Bewaar")
  await says("Poort 25 kan niet.")
  await shoot(page, "mailbox-fout")
  await sound("a mailbox with a fault")
  await fill("Poort", `${server.port}`)
  await page.locator("#password").fill("fout wachtwoord")
  await press("Bewaar")
  await says("De mailbox is bewaard")
  expect(await page.content()).not.toContain("fout wachtwoord")
})

test("a test mail that fails is explained step by step, with what to do", async () => {
  await press("Verzend testmail")
  await says("Gebruikersnaam of wachtwoord klopt niet.")
  await says("beveiligd met TLS 1.3")
  await says("De server zei: 535")
  await shoot(page, "mailbox-testmail-mislukt")
  await sound("a test mail that failed")
  expect(await page.content()).not.toContain("fout wachtwoord")
  await page.getByRole("link", { name: "Naar de mailbox" }).click()
  await page.getByRole("button", { name: "Zet aan" }).waitFor()
  await press("Zet aan")
  await says("Verzend eerst een testmail.")
})

test("with the right password it arrives, the mailbox is switched on, and mails go through it", async () => {
  await page.locator("#password").fill("goed wachtwoord")
  await press("Bewaar")
  await says("De mailbox is bewaard")
  await press("Verzend testmail")
  await says("De server heeft de mail aangenomen")
  await shoot(page, "mailbox-testmail")
  await sound("a test mail that arrived")
  await page.getByRole("link", { name: "Naar de mailbox" }).click()
  await press("Zet aan")
  await says("Uw mails gaan nu via deze mailbox")
  await shoot(page, "mailbox")
  await sound("a mailbox that is on")
  await queueMail("noor@bakkerij.test")
  await expect.poll(() => server.taken.map(({ from, to }) => `${from} ${to}`)).toContain("loon@delinde.test noor@bakkerij.test")
})

test("mails that come back to it are read there, when its owner chooses so", async () => {
  await says("Teruggekomen mails gelezen")
  await page.getByLabel("Lees teruggekomen mails", { exact: true }).selectOption("yes")
  await fill("Server voor inkomende mail", "localhost")
  await fill("Poort voor inkomende mail", "143")
  await press("Bewaar")
  await says("Voor inkomende mail kan alleen poort 993.")
  await fill("Poort voor inkomende mail", "2993")
  await press("Bewaar")
  await says("De mailbox is bewaard")
  await shoot(page, "mailbox-leest")
  await sound("a mailbox that is read")
  expect(await page.getByLabel("Lees teruggekomen mails", { exact: true }).inputValue()).toBe("yes")
})

test("one that fails says so, and goes on by itself; 'Verzend nu' tries at once what waits", async () => {
  server.state.answers = { "sign-in": { status: 535, text: "5.7.139 Authentication unsuccessful, basic authentication is disabled." } }
  await asSystem("operate", (tx) => tx.mailbox.updateMany({ data: { version: 99 } }))
  await queueMail("later@bakkerij.test")
  await expect.poll(async () => {
    await page.reload()
    return page.getByText("De mailbox werkt nu niet").count()
  }).toBe(1)
  await says("Microsoft heeft aanmelden met een wachtwoord uitgezet.")
  await shoot(page, "mailbox-werkt-niet")
  await sound("a mailbox that fails")
  server.state.answers = {}
  await press("Verzend nu")
  await says("Wat wacht, wordt nu geprobeerd")
  await expect.poll(() => server.taken.map(({ to }) => `${to}`), { timeout: 30_000 }).toContain("later@bakkerij.test")
})

test("it is connected to Microsoft instead", async () => {
  await fill("Poort", `${byToken.port}`)
  await page.getByLabel("Beveiliging", { exact: true }).selectOption("tls")
  await page.getByLabel("Aanmelden", { exact: true }).selectOption("microsoft")
  await press("Bewaar")
  await says("Nog niet verbonden met Microsoft")
  await press("Verbind met Microsoft")
  await shoot(page, "mailbox-verbinden")
  await page.getByRole("link", { name: "Ga verder bij Microsoft" }).click()
  await heading("Mailbox verbinden").waitFor()
  await shoot(page, "mailbox-afronden")
  await sound("finishing a consent")
  await press("Rond af")
  await says("De mailbox is verbonden")
  byToken.state.token = consent.state.given.at(-1) ?? ""
  await press("Verzend testmail")
  await says("De server heeft de mail aangenomen")
  await page.getByRole("link", { name: "Naar de mailbox" }).click()
  await says("Verbonden met Microsoft")
  await shoot(page, "mailbox-verbonden")
  await sound("a mailbox that is connected")
})

test("it is switched off and removed", async () => {
  await press("Zet uit")
  await sure("Zet uit")
  await says("De mailbox staat uit")
  await press("Verwijder")
  await sure("Verwijder")
  await says("De mailbox is verwijderd")
  await says("Nog geen eigen mailbox")
  expect(troubles.filter((trouble) => !/404/.test(trouble))).toEqual([])
})
