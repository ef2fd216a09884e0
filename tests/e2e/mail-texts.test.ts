import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { axeFindings } from "../support/axe.ts"
import { newVisitor, openBrowser, shoot, watchedPage } from "../support/browser.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { mailsIn, signIn } from "./steps.ts"

let portal: TestPortal
let browser: Browser
let page: Page
let switchOff = ""
let employee = ""
const troubles: string[] = []

beforeAll(async () => {
  portal = await startPortal()
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "silent" })
  const { bringInBakers, makeClient, makeOffice, viewerFor } = await import("../support/house.ts")
  const { sendPayslips } = await import("../domain/recall/people.ts")
  const { asSystem } = await import("#platform/database.ts")
  const office = await makeOffice()
  await asSystem("operate", (tx) => tx.office.update({ where: { id: office.partyId }, data: { email: "post@kantoor.test" } }))
  const employerId = await makeClient(office)
  const [first = ""] = (await bringInBakers(office, employerId)).values()
  const viewer = await viewerFor("employee", first)
  employee = (await asSystem("operate", (tx) => tx.employee.findUniqueOrThrow({ where: { id: first }, select: { contactEmail: true } }))).contactEmail ?? ""
  await sendPayslips({ office, employer: await viewerFor("employer", employerId), employee: viewer, colleague: viewer, engagementId: "" }, new Date())
  await closeQueue()
  await closeDatabase()
  browser = await openBrowser()
  page = await watchedPage(browser, troubles)
  await signIn(page, portal, office.username, "zeven groene fietsen")
}, 400_000)

afterAll(async () => {
  await browser?.close()
  await portal?.stop()
})

const press = (name: string, where: Page = page) => where.getByRole("button", { name, exact: true }).first().click()
const shown = (where: Page = page) => where.frameLocator('iframe[name="voorbeeld-nl"]').locator("body")

test("an office finds what mails say, and sees one as it arrives", async () => {
  await page.goto(`${portal.url}/kantoor/profiel`)
  await page.getByRole("link", { name: "Bekijk de teksten" }).click()
  await page.getByRole("heading", { name: "Teksten van mails", level: 1 }).waitFor()
  await shoot(page, "mailteksten")
  expect(await axeFindings(page, "texts of mails")).toEqual([])
  await page.getByRole("link", { name: "Er staat iets nieuws" }).click()
  await page.getByRole("heading", { name: "Er staat iets nieuws", level: 1 }).waitFor()
  await expect.poll(() => shown().innerText()).toContain("Er staat iets nieuws voor u klaar in Mijn LoonDossier.")
  expect(await page.frameLocator('iframe[name="voorbeeld-en"]').locator("body").innerText()).toContain("Something new is ready for you in Mijn LoonDossier.")
})

test("what is typed is looked at before it is kept; what cannot go into a mail is refused beside its field", async () => {
  await page.getByLabel("Tekst boven de knop").fill("Beste collega,\n\n<b>{naam-kantoor}</b> zette iets klaar.")
  await press("Bekijk")
  await expect.poll(() => shown().innerText()).toMatch(/<b>Kantoor \d+<\/b> zette iets klaar\./)
  await shoot(page, "mailtekst-voorbeeld")
  await press("Bekijk zonder opmaak")
  await expect.poll(() => shown().innerText()).toContain("Onderwerp: Er staat iets nieuws voor u klaar\n\nGoedendag,\n\nBeste collega,")
  await page.getByLabel("Onderwerp").fill("Post voor {voornaam}")
  await press("Bewaar")
  await page.getByText("{voornaam} kan hier niet worden ingevuld.").first().waitFor()
  expect(await page.getByLabel("Tekst boven de knop").inputValue()).toContain("zette iets klaar.")
  await shoot(page, "mailtekst-fout")
  expect(await axeFindings(page, "a text with a fault")).toEqual([])
  await page.getByLabel("Onderwerp").fill("Post van {naam-kantoor}")
  await press("Bewaar")
  await page.getByText("De tekst is bewaard").waitFor()
  await page.getByText("Nu geldt: uw eigen tekst.").waitFor()
  await shoot(page, "mailtekst")
  expect(await axeFindings(page, "a text of the office")).toEqual([])
})

test("a trial arrives in the office's own inbox; restoring gives the mail back to the portal", async () => {
  await press("Stuur mij een proef")
  await page.getByText("De proef is onderweg naar uw eigen adres").waitFor()
  await expect.poll(async () => (await mailsIn(portal, "post@kantoor.test")).map(({ subject }) => subject)).toEqual([expect.stringMatching(/^Proef: Post van Kantoor \d+$/)])
  await press("Herstel")
  await page.getByText("Daarna geldt: De tekst van het portaal.").waitFor()
  await shoot(page, "mailtekst-herstellen")
  await page.getByRole("dialog").getByRole("button", { name: "Herstel", exact: true }).click()
  await page.getByText("Uw eigen tekst is weg").waitFor()
  await page.getByText("Nu geldt: de tekst van het portaal.").waitFor()
})

test("it works without JavaScript as well", async () => {
  const state = await page.context().storageState()
  const plain = await (await browser.newContext({ locale: "nl-NL", javaScriptEnabled: false, storageState: state })).newPage()
  await plain.goto(`${portal.url}/kantoor/mailteksten?mail=reminder`)
  await plain.getByLabel("Tekst boven de knop").fill("Er ligt nog iets.")
  await press("Bekijk zonder opmaak", plain)
  await expect.poll(() => shown(plain).innerText()).toContain("Er ligt nog iets.")
  await press("Bewaar", plain)
  await plain.getByText("De tekst is bewaard").waitFor()
  await plain.context().close()
})

test("who gets mail about files switches it off from the mail, without signing in; looking alone, as a scanner does, switches nothing off", async () => {
  await expect.poll(async () => (await mailsIn(portal, employee)).some(({ subject }) => subject === "Er staat iets nieuws voor u klaar"), { timeout: 60_000 }).toBe(true)
  const mail = (await mailsIn(portal, employee)).find(({ subject }) => subject === "Er staat iets nieuws voor u klaar")
  expect(mail?.headers["list-unsubscribe-post"]).toBe("List-Unsubscribe=One-Click")
  switchOff = /^<(.*)>$/.exec(mail?.headers["list-unsubscribe"] ?? "")?.[1] ?? ""
  expect(switchOff).toMatch(new RegExp(`^${portal.url}/api/mails-uit/[\\w-]{43}$`))
  const isOn = async () => {
    const { asSystem } = await import("#platform/database.ts")
    const [account] = await asSystem("operate", (tx) => tx.account.findMany({ where: { mails: { some: { toAddress: employee, kind: "new-files" } } }, select: { mailsOnNewFiles: true } }))
    return account?.mailsOnNewFiles
  }
  const visitor = await (await newVisitor(browser)).newPage()
  await visitor.goto(switchOff)
  await visitor.getByRole("heading", { name: "Mails uitzetten", level: 1 }).waitFor()
  expect(await isOn()).toBe(true)
  await shoot(visitor, "mails-uit")
  expect(await axeFindings(visitor, "switching mails off")).toEqual([])
  await press("Zet deze mails uit", visitor)
  await visitor.getByText("De mails staan uit").waitFor()
  expect(await isOn()).toBe(false)
  await closeDatabase()
  await visitor.context().close()
})

test("the mail program's own button does the same, once or twice; a made-up address does nothing", async () => {
  const post = (address: string) => fetch(address, { method: "POST", body: "List-Unsubscribe=One-Click", headers: { "Content-Type": "application/x-www-form-urlencoded" } })
  expect([(await post(switchOff)).status, (await post(switchOff)).status, (await post(`${switchOff.slice(0, -3)}AAA`)).status]).toEqual([200, 200, 404])
  expect(troubles.filter((trouble) => !/404/.test(trouble))).toEqual([])
})
