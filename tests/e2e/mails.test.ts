import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { returnPathOf } from "#domain/bounces/return-path.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { axeFindings } from "../support/axe.ts"
import { newVisitor, openBrowser, shoot } from "../support/browser.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { report } from "../support/returned-mail.ts"
import { mailsIn, signIn } from "./steps.ts"

const settings = { BOUNCE_ADDRESS: "terug@loondossier.test", BOUNCE_SECRET: "een-geheim-van-meer-dan-32-tekens-lang" }
const address = "medewerker3@voorbeeld.test"
const subjects = async () => (await mailsIn(portal, address)).map((mail) => mail.subject)
let portal: TestPortal
let browser: Browser
let page: Page
let deliveryId = ""
let employee: Viewer
const troubles: string[] = []

beforeAll(async () => {
  portal = await startPortal({ environment: settings })
  Object.assign(process.env, portal.environment, settings, { LOG_LEVEL: "silent" })
  const { bringInBakers, makeClient, makeOffice, sendOff, startWith, viewerFor } = await import("../support/house.ts")
  const office = await makeOffice()
  const employerId = await makeClient(office)
  const people = await bringInBakers(office, employerId)
  employee = await viewerFor("employee", people.get("5") ?? "")
  deliveryId = await startWith(office, employerId, "maart", ["loonstroken-maart-2026.pdf"])
  await sendOff(office, deliveryId, new Date())
  browser = await openBrowser()
  page = await (await newVisitor(browser)).newPage()
  page.on("console", (message) => message.type() === "error" && troubles.push(message.text()))
  page.on("pageerror", (error) => troubles.push(error.message))
  await signIn(page, portal, office.username, "zeven groene fietsen")
}, 400_000)

afterAll(async () => {
  await browser?.close()
  await closeQueue()
  await closeDatabase()
  await portal?.stop()
})

test("a mail that comes back is seen among the mails, at the delivery and at the person, with the reason, and is tried again", async () => {
  await expect.poll(subjects).toHaveLength(1)
  const sent = await asSystem("operate", (tx) => tx.mail.findFirst({ where: { toAddress: address, state: "sent" }, select: { id: true } }))
  await page.goto(`${portal.url}/kantoor/mails`)
  await page.getByRole("heading", { name: "Mails", level: 1 }).waitFor()
  await page.getByRole("link", { name: "Verzonden (25)" }).waitFor()
  await shoot(page, "mails")
  expect(await axeFindings(page, "mails")).toEqual([])

  const raw = report({ to: returnPathOf(sent?.id ?? "") ?? "", receiver: address })
  const post = (secret: string) => fetch(`${portal.url}/api/bounces`, { method: "POST", headers: { "Content-Type": "message/rfc822", Authorization: `Bearer ${secret}` }, body: new Uint8Array(raw) })
  expect((await post("fout")).status).toBe(401)
  expect((await post(settings.BOUNCE_SECRET)).status).toBe(204)

  await page.goto(`${portal.url}/kantoor/mails?staat=mislukt`)
  await page.getByText("Dit adres bestaat niet.").waitFor()
  await shoot(page, "mails-mislukt")
  await page.goto(`${portal.url}/kantoor/zendingen/${deliveryId}`)
  await page.getByText("24 verzonden, 1 niet aangekomen").waitFor()
  await shoot(page, "zending-mails")
  await page.getByRole("link", { name: "Bekijk de mails" }).click()
  await page.getByRole("link", { name: "Niet aangekomen (1)" }).click()
  await page.getByRole("table", { name: "Mails" }).getByRole("link").first().click()
  await page.getByRole("heading", { name: "Toegang" }).waitFor()
  await page.getByText("Dit adres bestaat niet.").waitFor()
  await shoot(page, "persoon-mail-kwam-niet-aan")
  expect(await axeFindings(page, "somebody who cannot be mailed")).toEqual([])
  await page.getByRole("button", { name: "Probeer opnieuw" }).first().click()
  await page.getByRole("dialog").getByRole("button", { name: "Probeer opnieuw" }).click()
  await page.getByText("Dit adres bestaat niet.").waitFor({ state: "detached" })
  await expect.poll(subjects).toHaveLength(2)
})

test("an employee sees that mail to the private address does not arrive, and has it tried again", async () => {
  const home = "vol@prive.test"
  await asSystem("operate", async (tx) => {
    await tx.employee.updateMany({ where: { id: employee.partyId }, data: { privateEmail: home } })
    await tx.$executeRaw`insert into dead_address (address_hash, reason, since) values (address_hash(${home}), 'mailbox-full', now())`
  })
  const own = await (await newVisitor(browser)).newPage()
  await signIn(own, portal, employee.username, "zeven groene fietsen")
  await own.goto(`${portal.url}/werknemer/profiel`)
  await own.getByText("Mail naar dit adres komt niet aan").waitFor()
  await shoot(own, "profiel-prive-komt-niet-aan")
  expect(await axeFindings(own, "a private address where no mail arrives")).toEqual([])
  await own.getByRole("button", { name: "Adres opslaan" }).click()
  await own.getByText("Kijk in uw e-mail").waitFor()
  await expect.poll(async () => (await mailsIn(portal, home)).length).toBe(1)
  await own.reload()
  await own.getByRole("textbox", { name: "E-mail privé" }).waitFor()
  expect(await own.getByText("Mail naar dit adres komt niet aan").count()).toBe(0)
  await own.close()
})

test("what is no domain is said when the sender is checked", async () => {
  await page.goto(`${portal.url}/kantoor/koppelingen/afzender`)
  await page.getByLabel("Domein", { exact: true }).fill("geen domein")
  await page.getByRole("button", { name: "Controleer" }).click()
  await page.getByText("Dit is geen domein.").first().waitFor()
  await shoot(page, "afzender")
  expect(await axeFindings(page, "checking a sender")).toEqual([])
  expect(troubles).toEqual([])
})
