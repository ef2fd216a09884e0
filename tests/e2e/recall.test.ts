import { PDFDocument } from "pdf-lib"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { openFile } from "#domain/files/open-file.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import type { Viewer } from "#policy/viewer.ts"
import { axeFindings } from "../support/axe.ts"
import { newVisitor, openBrowser, shoot } from "../support/browser.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { goTo, mailsIn, signIn } from "./steps.ts"

const password = "zeven groene fietsen"
const payslip = "Loonstrook - maart 2026"

let portal: TestPortal
let browser: Browser
let office: Viewer
let deliveryId = ""
let first: { viewer: Viewer; email: string; fileId: string }
let second: { viewer: Viewer; email: string; fileId: string }
let clerk: Page
let employee: Page
let other: Page
const troubles: string[] = []

/** A page of a visitor of its own, on which no script goes wrong; that a file is gone is what these tests are about. */
async function newPage(): Promise<Page> {
  const opened = await (await newVisitor(browser)).newPage()
  opened.on("console", (message) => message.type() === "error" && !/404/.test(message.text()) && troubles.push(message.text()))
  opened.on("pageerror", (error) => troubles.push(error.message))
  return opened
}

beforeAll(async () => {
  portal = await startPortal()
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "silent" })
  const house = await import("../support/house.ts")
  office = await house.makeOffice()
  const bakery = await house.makeClient(office)
  const people = [...(await house.bringInBakers(office, bakery)).values()]
  const viewers = [await house.viewerFor("employee", people[0] ?? ""), await house.viewerFor("employee", people[1] ?? "")]
  const reader = await house.viewerFor("employee", people[2] ?? "")
  deliveryId = await house.startWith(office, bakery, "maart", ["loonstroken-maart-2026.pdf", "serie-overzichten-maart-2026.pdf"])
  await house.sendOff(office, deliveryId, new Date())
  await openFile(reader, { fileId: (await asSystem("operate", (tx) => tx.dossierFile.findFirstOrThrow({ where: { dossier: { ownerId: reader.partyId } }, select: { id: true } }))).id, how: "download" })
  const [one, two] = await asSystem("operate", (tx) =>
    Promise.all(viewers.map(async (viewer) => ({
      viewer,
      email: (await tx.employee.findUniqueOrThrow({ where: { id: viewer.partyId }, select: { contactEmail: true } })).contactEmail ?? "",
      fileId: (await tx.dossierFile.findFirstOrThrow({ where: { kind: "payslip", dossier: { ownerId: viewer.partyId } }, select: { id: true } })).id,
    }))),
  )
  if (!one || !two) throw new Error("There are no people")
  ;[first, second] = [one, two]
  await closeDatabase()
  browser = await openBrowser()
  ;[clerk, employee, other] = [await newPage(), await newPage(), await newPage()]
}, 400_000)

afterAll(async () => {
  await browser?.close()
  await portal?.stop()
})

const heading = (on: Page, name: string | RegExp) => on.getByRole("heading", { name, level: 1 })
const rows = (on: Page) => on.getByRole("table", { name: /^Loon-bestanden/ }).getByRole("row").filter({ hasText: payslip })

describe("an office withdraws a payslip", () => {
  test("that the employee has open: it is told what will happen and to whom, and chooses a reason", async () => {
    await signIn(employee, portal, first.viewer.username, password)
    await goTo(employee, "Dossier")
    await employee.getByRole("link", { name: payslip, exact: true }).click()
    await employee.locator("canvas").first().waitFor()
    await signIn(clerk, portal, office.username, password)
    await clerk.goto(`${portal.url}/kantoor/bestanden/${first.fileId}`)
    await heading(clerk, payslip).waitFor()
    await clerk.getByRole("button", { name: "Trek in" }).click()
    const dialog = clerk.getByRole("dialog")
    await dialog.getByText("kan het meteen niet meer openen").waitFor()
    await dialog.getByRole("button", { name: "Trek in" }).click()
    await dialog.getByText("Kies een reden.").first().waitFor()
    await dialog.getByLabel("Reden").selectOption("Bij de verkeerde persoon")
    await dialog.getByLabel("Toelichting").fill("Van een collega")
    await shoot(clerk, "intrekken-zeker")
    await dialog.getByRole("button", { name: "Trek in" }).click()
    await clerk.getByText(/^Ingetrokken op \d\d-\d\d-\d{4} \d\d:\d\d$/).waitFor()
    const had = clerk.locator("#ingetrokken")
    expect(await had.innerText()).toMatch(/Bij de verkeerde persoon[\s\S]*Bakkerij De Korenmaat B\.V\.\s+Niet geopend/)
    expect(await had.getByText(/^Geopend op /).count()).toBe(1)
    expect(await clerk.getByRole("button", { name: "Trek in" }).count()).toBe(0)
    await shoot(clerk, "ingetrokken-kantoor")
    expect(await axeFindings(clerk, "a withdrawn file of an office")).toEqual([])
  })

  test("and takes the facts along for its data-breach file, as plain text", async () => {
    const [download] = await Promise.all([clerk.waitForEvent("download"), clerk.getByRole("link", { name: "Tekst voor uw datalekdossier" }).click()])
    expect(download.suggestedFilename()).toBe("intrekking.txt")
    const parts: Buffer[] = []
    for await (const part of await download.createReadStream()) parts.push(Buffer.from(part))
    const text = Buffer.concat(parts).toString()
    expect(text).toContain(`Document: ${payslip}`)
    expect(text).toMatch(/Konden het zien: 2\r\nHad het geopend: 1\r\n/)
  })

  test("and the open page can download nothing any more; its address says what happened and why; the employee's list says that it is withdrawn, by whom and when, and leads there alone", async () => {
    const answer = await employee.evaluate(async (id) => (await fetch(`/api/files/${id}?how=download`)).status, first.fileId)
    expect(answer).toBe(404)
    await employee.reload()
    await heading(employee, `${payslip} is ingetrokken`).waitFor()
    expect(await employee.getByRole("main").innerText()).toMatch(/Bij de verkeerde persoon[\s\S]*Van een collega[\s\S]*Er is nog geen nieuwe versie/)
    await shoot(employee, "ingetrokken-oud-adres")
    expect(await axeFindings(employee, "the old address of a withdrawn file")).toEqual([])
    await employee.goto(`${portal.url}/werknemer/dossier`)
    await rows(employee).waitFor()
    expect(await rows(employee).innerText()).toMatch(/Ingetrokken op \d\d-\d\d-\d{4} door Kantoor/)
    expect(await rows(employee).getByRole("link").evaluateAll((links) => links.map((link) => link.getAttribute("href")))).toEqual([`/werknemer/bestanden/${first.fileId}`])
    await shoot(employee, "ingetrokken-werknemer")
    expect(await axeFindings(employee, "a dossier with a withdrawn file")).toEqual([])
  })

  test("and the employee hears of it by a mail that tells no name, kind or amount", async () => {
    await expect.poll(async () => (await mailsIn(portal, first.email)).map((mail) => mail.subject), { timeout: 60_000 }).toContain("Er is een document ingetrokken")
    const mail = (await mailsIn(portal, first.email)).find((one) => one.subject === "Er is een document ingetrokken")
    expect(mail?.text).not.toMatch(/loonstrook|maart|Korenmaat|Kantoor \d/i)
  })
})

describe("an office replaces a payslip", () => {
  test("on its page, with one PDF", async () => {
    await clerk.goto(`${portal.url}/kantoor/bestanden/${second.fileId}`)
    await heading(clerk, payslip).waitFor()
    const pdf = await PDFDocument.create()
    pdf.addPage([595, 842])
    await clerk.locator("#vervang textarea").fill("De reiskosten stonden er niet op.")
    await clerk.locator("#vervang input[type=file]").setInputFiles({ name: "beter.pdf", mimeType: "application/pdf", buffer: Buffer.from(await pdf.save()) })
    await clerk.getByText("Deze versie is vervallen").waitFor()
    await clerk.getByText("De reiskosten stonden er niet op.").first().waitFor()
    await shoot(clerk, "vervallen-kantoor")
    await clerk.getByRole("link", { name: /^Bekijk de versie van/ }).click()
    await clerk.getByText("Dit vervangt een eerdere versie").waitFor()
    expect(clerk.url()).not.toContain(second.fileId)
    expect(await clerk.locator("#eerder").getByRole("link", { name: "Bekijk" }).count()).toBe(1)
    await shoot(clerk, "vervangen-kantoor")
    expect(await axeFindings(clerk, "a new version of an office")).toEqual([])
  })

  test("the employee has both: the new one unread, the old one over, with a way from one to the other", async () => {
    await signIn(other, portal, second.viewer.username, password)
    await goTo(other, "Dossier")
    await rows(other).first().waitFor()
    expect(await rows(other).count()).toBe(2)
    const old = rows(other).filter({ hasText: "Vervallen" })
    expect([await old.count(), await rows(other).filter({ hasText: "Ongelezen" }).count()]).toEqual([1, 1])
    await shoot(other, "vervallen-werknemer")
    await old.getByRole("link", { name: payslip, exact: true }).click()
    await other.getByRole("link", { name: /^Bekijk de versie van/ }).click()
    await other.getByText("Dit vervangt een eerdere versie").waitFor()
    await other.getByRole("link", { name: "Bekijk de vorige" }).click()
    await other.getByText("Deze versie is vervallen").waitFor()
    expect(await axeFindings(other, "an old version of an employee")).toEqual([])
    await expect.poll(async () => (await mailsIn(portal, second.email)).map((mail) => mail.subject), { timeout: 60_000 }).toContain("Er is een document vervangen")
  })
})

describe("an office withdraws a whole delivery", () => {
  test("it is told how many were opened and by whom, and what was replaced stays", async () => {
    await clerk.goto(`${portal.url}/kantoor/zendingen/${deliveryId}`)
    await heading(clerk, /^Zending maart 2026/).waitFor()
    await clerk.getByRole("button", { name: "Trek hele zending in" }).click()
    const dialog = clerk.getByRole("dialog")
    await dialog.getByText("1 van 23 geopend.").waitFor()
    await dialog.getByText(/, werknemer: 1 document$/).waitFor()
    expect(await dialog.innerText()).toMatch(/23 documenten worden ingetrokken[\s\S]*1 document was al apart ingetrokken\. 1 document was al vervangen/)
    await dialog.getByLabel("Reden").selectOption("Fout in de bedragen")
    await shoot(clerk, "zending-intrekken-zeker")
    await dialog.getByRole("button", { name: "Trek hele zending in" }).click()
    await clerk.getByText(/^Hele zending ingetrokken op /).waitFor()
    expect(await clerk.getByRole("button", { name: "Trek hele zending in" }).count()).toBe(0)
    await shoot(clerk, "zending-ingetrokken")
    expect(await axeFindings(clerk, "a delivery that was withdrawn")).toEqual([])
  })
})

describe("the month board", () => {
  test("shows what was sent and opened, leads to the delivery, and is gone through with the arrow keys", async () => {
    await goTo(clerk, "Zendingen")
    await clerk.getByRole("link", { name: "Maandoverzicht" }).click()
    await clerk.goto(`${portal.url}/kantoor/maandoverzicht?jaar=2026`)
    await heading(clerk, "Maandoverzicht 2026").waitFor()
    const cell = clerk.getByRole("grid").getByRole("link", { name: /%/ })
    expect(await cell.getAttribute("title")).toMatch(/^Verzonden · \d+ van \d+ geopend$/)
    await shoot(clerk, "maandoverzicht")
    expect(await axeFindings(clerk, "the month board")).toEqual([])
    await clerk.getByRole("grid").getByRole("link", { name: "Bakkerij De Korenmaat B.V." }).focus()
    for (const _step of [1, 2, 3]) await clerk.keyboard.press("ArrowRight")
    expect(await clerk.evaluate(() => document.activeElement?.textContent)).toMatch(/%$/)
    await clerk.keyboard.press("Enter")
    await heading(clerk, /^Zending maart 2026/).waitFor()
  })

  test("is a list on a phone, and shows only where something has to be done when asked", async () => {
    await clerk.setViewportSize({ width: 390, height: 844 })
    await clerk.goto(`${portal.url}/kantoor/maandoverzicht?jaar=2026`)
    await heading(clerk, "Maandoverzicht 2026").waitFor()
    await shoot(clerk, "maandoverzicht-telefoon")
    expect(await clerk.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    await clerk.getByRole("link", { name: /^Alleen waar iets moet gebeuren/ }).click()
    await clerk.waitForURL(/toon=doen/)
    await heading(clerk, "Maandoverzicht 2026").waitFor()
  })
})

test("no script went wrong anywhere", () => {
  expect(troubles).toEqual([])
})
