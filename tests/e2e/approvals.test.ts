import { join } from "node:path"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { axeFindings } from "../support/axe.ts"
import { openBrowser, shoot, watchedPage } from "../support/browser.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { dropFiles, goTo, mailsIn, signIn } from "./steps.ts"

const password = "zeven groene fietsen"
const bakery = "Bakkerij De Korenmaat B.V."
const employerEmail = "werkgever@voorbeeld.test"
const officeEmail = "kantoor@administratie.test"

let portal: TestPortal
let browser: Browser
let office: Page
let employer: Page
let clientNumber: string
const troubles: string[] = []

const newPage = () => watchedPage(browser, troubles)

beforeAll(async () => {
  portal = await startPortal()
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "silent" })
  const house = await import("../support/house.ts")
  const viewer = await house.makeOffice()
  clientNumber = viewer.username
  await asSystem("operate", (tx) => tx.office.updateMany({ where: { id: viewer.partyId }, data: { email: officeEmail } }))
  const employerId = await house.makeClient(viewer)
  await house.bringInBakers(viewer, employerId)
  await house.viewerFor("employer", employerId, "directie@bakker.test")
  await asSystem("operate", (tx) => tx.account.updateMany({ data: { mayPutOffSecondStep: true } }))
  await closeDatabase()
  browser = await openBrowser()
  office = await newPage()
  employer = await newPage()
}, 400_000)

afterAll(async () => {
  await browser?.close()
  await portal?.stop()
})

const samples = (file: string) => join(import.meta.dirname, "../samples/korenmaat-2026-03", file)
const dialog = (on: Page) => on.locator("dialog:popover-open, dialog[open]").first()
const subjects = async (to: string) => (await mailsIn(portal, to)).map((mail) => mail.subject)
const history = (on: Page) => on.locator("#akkoord ol.talk li").allInnerTexts()

/** Opens the dialog behind a button, fills it in, and presses the button in it. */
async function answer(on: Page, trigger: string, fields: Readonly<Record<string, string>> = {}, sure = trigger): Promise<void> {
  await on.getByRole("button", { name: trigger, exact: true }).first().click()
  for (const [label, text] of Object.entries(fields)) await dialog(on).getByLabel(label).fill(text)
  await dialog(on).getByRole("button", { name: sure, exact: true }).click()
}

/** A day and time some days ahead, in the middle of the day, as the field holds it and as the page says it. */
function ahead(days: number): { typed: string; said: string } {
  const day = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  return { typed: `${day}T12:00`, said: `${day.split("-").toReversed().join("-")} 12:00` }
}

describe("akkoord in two steps", () => {
  test("an office asks akkoord of a client always, and finds that a delivery waits for it", async () => {
    await signIn(office, portal, clientNumber, password)
    await goTo(office, "Werkgevers")
    await office.getByRole("link", { name: bakery }).click()
    await office.getByRole("radio", { name: /^Altijd nodig/ }).check()
    await office.getByRole("button", { name: "Bewaar" }).click()
    await office.getByText("Bewaard", { exact: true }).waitFor()
    await shoot(office, "akkoord-instelling")
    await office.getByRole("button", { name: "Nieuwe zending" }).click()
    await office.getByRole("heading", { name: "Nieuwe zending", level: 1 }).waitFor()
    await dropFiles(office, [samples("loonstroken-maart-2026.pdf"), samples("serie-overzichten-maart-2026.pdf")])
    await office.getByRole("button", { name: "Zet klaar" }).click()
    await office.getByText("Bij deze werkgever verzendt u pas na akkoord.").waitFor()
    expect(await office.getByRole("button", { name: "Verzend", exact: true }).count()).toBe(0)
    await shoot(office, "zending-moet-akkoord")
    expect(await axeFindings(office, "a staged delivery that needs akkoord")).toEqual([])
    await answer(office, "Leg voor aan werkgever", { "Bericht aan de werkgever": "Graag voor vrijdag." })
    await office.getByText(`Wacht op akkoord van ${bakery}`).waitFor()
    await shoot(office, "zending-wacht-op-akkoord")
    expect(await axeFindings(office, "a delivery that waits for akkoord")).toEqual([])
  })

  test("the employer is mailed without a word of what it is, looks, and does not agree, with a reason", async () => {
    await expect.poll(() => subjects(employerEmail)).toEqual(["Uw akkoord wordt gevraagd"])
    const [mail] = await mailsIn(portal, employerEmail)
    expect(mail?.text).not.toMatch(/Korenmaat|Kantoor \d|loonstro|maart|€|\d{9}/i)
    await signIn(employer, portal, "directie@bakker.test", password)
    await employer.getByText("Er wacht een zending op uw akkoord").waitFor()
    await shoot(employer, "werkgever-home-akkoord")
    await employer.getByRole("link", { name: "Bekijk en geef akkoord" }).click()
    await employer.getByRole("link", { name: "Zending maart 2026" }).click()
    await employer.getByText("25 documenten, 24 loonstroken, 24 werknemers").waitFor()
    await employer.getByText("Graag voor vrijdag.").first().waitFor()
    expect(await employer.getByRole("button", { name: /Verzend|Terug om te wijzigen|Gooi zending weg/ }).count()).toBe(0)
    await shoot(employer, "werkgever-akkoord")
    expect(await axeFindings(employer, "what was laid before an employer")).toEqual([])
    await employer.getByRole("link", { name: "Bakker, N", exact: true }).click()
    await employer.getByRole("img", { name: /^Bladzijde 1 van Loonstrook/ }).first().waitFor()
    await expect.poll(() => employer.locator(".painted img").first().evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth > 0)).toBe(true)
    await shoot(employer, "werkgever-akkoord-stuk")
    await employer.getByRole("link", { name: "Zending maart 2026" }).click()
    await answer(employer, "Niet akkoord")
    await dialog(employer).getByText("Schrijf op wat er niet klopt.").first().waitFor()
    await dialog(employer).getByLabel("Wat klopt er niet?").fill("De uren van één werknemer kloppen niet.")
    await shoot(employer, "werkgever-niet-akkoord")
    await dialog(employer).getByRole("button", { name: "Niet akkoord", exact: true }).click()
    await employer.getByText("Deze zending ligt bij uw kantoor").waitFor()
    expect(await employer.getByRole("table", { name: "Per werknemer" }).count()).toBe(0)
  })

  test("the office hears of it, corrects the delivery and lays it before the employer again, with a publication date", async () => {
    await expect.poll(() => subjects(officeEmail)).toEqual(["Niet akkoord op een zending"])
    await goTo(office, "Zendingen")
    await office.getByRole("link", { name: "Zending maart 2026" }).click()
    await office.getByText("De uren van één werknemer kloppen niet.").waitFor()
    await office.getByRole("link", { name: "Bakker, N", exact: true }).click()
    await answer(office, "Haal uit de zending")
    await office.getByText("23 werknemers krijgen hun loonstrook.").first().waitFor()
    const { typed, said } = ahead(3)
    await answer(office, "Leg voor aan werkgever", { "Zichtbaar vanaf": "2026-03-29T02:30" })
    await dialog(office).getByText("Deze tijd bestaat die dag niet").first().waitFor()
    await dialog(office).getByLabel("Zichtbaar vanaf").fill(typed)
    await shoot(office, "zending-voorleggen")
    await dialog(office).getByRole("button", { name: "Leg voor aan werkgever", exact: true }).click()
    await office.getByText(`Na akkoord worden de stukken zichtbaar op ${said}.`).waitFor()
  })

  test("the employer agrees; until the date nobody has anything, and both sides read the same history", async () => {
    await expect.poll(() => subjects(employerEmail)).toHaveLength(2)
    await employer.reload()
    await employer.getByText("24 documenten, 23 loonstroken, 23 werknemers").waitFor()
    await answer(employer, "Akkoord", { "Bericht aan het kantoor": "Nu klopt het." })
    await employer.getByText(`U gaf akkoord. De stukken worden zichtbaar op ${ahead(3).said}.`).waitFor()
    await office.reload()
    await office.getByText(`Wordt zichtbaar op ${ahead(3).said}`).waitFor()
    const [seenByEmployer, seenByOffice] = [await history(employer), await history(office)]
    expect(seenByEmployer).toHaveLength(4)
    expect(seenByOffice).toEqual(seenByEmployer)
    expect(seenByOffice.map((line) => /^(Voorgelegd|Niet akkoord|Akkoord)/.exec(line)?.[0])).toEqual(["Voorgelegd", "Niet akkoord", "Voorgelegd", "Akkoord"])
    await shoot(office, "zending-ingepland")
    expect(await axeFindings(office, "a planned delivery with its history")).toEqual([])
    expect((await mailsIn(portal)).filter((mail) => mail.subject.startsWith("Welkom"))).toEqual([])
  })

  test("another date makes akkoord void: it is asked a third time, for at once, and then it goes out by itself and employees are mailed", async () => {
    await answer(office, "Wijzig datum", { "Zichtbaar vanaf": ahead(5).typed })
    await office.getByText("Bij deze werkgever verzendt u pas na akkoord.").waitFor()
    await office.getByRole("textbox", { name: "Bericht", exact: true }).fill("Toch maar meteen.")
    await office.getByRole("button", { name: "Plaats bericht" }).click()
    await office.getByText("Toch maar meteen.").waitFor()
    await answer(office, "Leg voor aan werkgever", { "Zichtbaar vanaf": "" })
    await office.getByText("Na akkoord gaan de stukken meteen uit.").waitFor()
    await employer.reload()
    await answer(employer, "Akkoord")
    await employer.getByText(/^(U gaf akkoord\. De zending wordt nu verzonden\.|Verzonden op )/).first().waitFor()
    await expect.poll(async () => (await mailsIn(portal)).filter((mail) => mail.subject.startsWith("Welkom")).length, { timeout: 120_000 }).toBe(23)
    await goTo(office, "Zendingen")
    await office.getByRole("heading", { name: "Zendingen", level: 1 }).waitFor()
    await expect.poll(async () => (await office.reload(), office.getByRole("table", { name: "Zendingen" }).getByRole("row").filter({ hasText: "Verzonden" }).count())).toBe(1)
    await shoot(office, "kantoor-klaargezet")
    expect(await axeFindings(office, "the queue of deliveries")).toEqual([])
  })
})

test("a planned delivery is in the queue with its date, is taken back there, and several go out at once", async () => {
  await goTo(office, "Werkgevers")
  await office.getByRole("link", { name: bakery }).click()
  await office.getByRole("radio", { name: /^Niet altijd nodig/ }).check()
  await office.getByRole("button", { name: "Bewaar" }).click()
  await office.getByText("Bewaard", { exact: true }).waitFor()
  for (const file of ["journaalpost-maart-2026.pdf", "betaallijst-maart-2026.pdf"]) {
    await goTo(office, "Zendingen")
    await office.getByLabel("Werkgever", { exact: true }).selectOption({ label: bakery })
    await office.getByRole("button", { name: "Begin zending" }).click()
    await office.getByRole("heading", { name: "Nieuwe zending", level: 1 }).waitFor()
    await dropFiles(office, [samples(file)])
    await office.getByRole("button", { name: "Zet klaar" }).click()
    await office.getByText("Er is nog niets verzonden.", { exact: false }).first().waitFor()
  }
  const { typed, said } = ahead(2)
  await answer(office, "Verzend", { "Zichtbaar vanaf": typed })
  await office.getByText(`Wordt zichtbaar op ${said}`).waitFor()
  await goTo(office, "Zendingen")
  const queue = office.getByRole("table", { name: "Klaargezet" })
  await queue.getByRole("row").filter({ hasText: `vanaf ${said}` }).getByRole("link").click()
  await answer(office, "Haal terug")
  await office.getByText("Er is nog niets verzonden.", { exact: false }).first().waitFor()
  await goTo(office, "Zendingen")
  await office.getByLabel("Kies alles wat klaarstaat").check()
  await shoot(office, "kantoor-klaargezet-gekozen")
  await office.getByRole("button", { name: "Verzend gekozen zendingen" }).click()
  await office.getByText("2 zendingen worden verzonden").waitFor()
  await expect.poll(async () => (await office.reload(), office.getByRole("table", { name: "Zendingen" }).getByRole("row").filter({ hasText: "Verzonden" }).count())).toBe(3)
})

test("nothing went wrong in the browser meanwhile", () => {
  expect(troubles).toEqual([])
})
