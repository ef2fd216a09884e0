import type { Browser, BrowserContext, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { closeDatabase } from "#platform/database.ts"
import { axeFindings } from "../support/axe.ts"
import { newVisitor, openBrowser } from "../support/browser.ts"
import { makeCast, type Actor, type Cast } from "../support/cast.ts"
import { pages, type Thing } from "../support/doors.ts"
import { phonePhoto } from "../support/images.ts"
import { pressUntil } from "../support/keyboard.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"

let portal: TestPortal
let browser: Browser
let cast: Cast
const passers = { office: "office", employer: "employer", employee: "employee" } as const

beforeAll(async () => {
  portal = await startPortal()
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "silent" })
  cast = await makeCast()
  browser = await openBrowser()
}, 400_000)

afterAll(async () => {
  await browser?.close()
  await closeDatabase()
  await portal?.stop()
})

/** A browser in which somebody of the cast is signed in; nobody for a visitor. */
async function asActor(actor: Actor | null): Promise<BrowserContext> {
  const context = await newVisitor(browser)
  const [name = "", value = ""] = actor ? cast.cookies[actor].split(/=(.*)/s) : []
  if (actor) await context.addCookies([{ name, value, url: portal.url }])
  return context
}

/** Something of this kind that this one has in sight. */
function idOf(actor: Actor, what: Thing): string {
  return cast.things.find((thing) => thing.what === what && thing.seenBy.includes(actor))?.id ?? ""
}

/** An own file of somebody. */
function ownFileOf(actor: Actor): string {
  return cast.things.find((thing) => thing.what === "file" && thing.seenBy.length === 1 && thing.seenBy.includes(actor))?.id ?? ""
}

/** What axe finds on these pages for somebody; also a page that does not answer as it should. */
async function walk(actor: Actor | null, paths: readonly string[]): Promise<string[]> {
  const found: string[] = []
  const context = await asActor(actor)
  const page = await context.newPage()
  for (const path of paths) {
    const answer = await page.goto(portal.url + path, { waitUntil: "load" })
    if (answer?.status() !== 200) found.push(`${actor ?? "visitor"} ${path}: ${answer?.status()}`)
    found.push(...(await axeFindings(page, `${actor ?? "visitor"} ${path}`)))
  }
  await context.close()
  return found
}

/** Every page with who may look at it, filled in with things in sight. A page for everybody is looked at signed out. */
function looks(): { path: string; actor: Actor | null }[] {
  return Object.entries(pages).flatMap(([at, door]): { path: string; actor: Actor | null }[] => {
    if (door.for === "everybody") return [{ path: at, actor: null }]
    return door.for.flatMap((kind) => {
      const actor: Actor = door.onlyWhoRunsPayroll || at.startsWith("/werkgever/zendingen") ? "selfRunning" : passers[kind]
      return [{ path: at.replace(/\[(\w+)\]/g, (_all, name: string) => idOf(actor, door.ids?.[name] ?? "file")), actor }]
    })
  })
}

describe("axe finds nothing, narrow and wide, light and dark,", () => {
  test("on any page that there is", { timeout: 600_000 }, async () => {
    const byActor = Map.groupBy(looks(), ({ actor }) => actor)
    const found = await Promise.all([...byActor].map(([actor, all]) => walk(actor, all.map(({ path }) => path))))
    expect(looks().length).toBeGreaterThan(30)
    expect(found.flat()).toEqual([])
  })

  test("when nothing is found, when nobody was chosen to share with, and when a BSN was sought", async () => {
    const found = await Promise.all([
      walk("office", ["/kantoor/werkgevers?q=zzz", "/kantoor/zoeken?q=zzz", `/kantoor/werkgevers/${idOf("office", "employer")}/werknemers?q=zzz`]),
      walk("employer", [`/werkgever/delen?bestand=${ownFileOf("employer")}&stap=2`, "/werkgever/dossier?q=zzz&eigen=zzz"]),
      walk("employee", [`/werknemer/delen?bestand=${ownFileOf("employee")}`, "/werknemer/zoeken?q=999990019"]),
    ])
    expect(found.flat()).toEqual([])
  })

  test("with a file that was refused, photos that wait to become a PDF, an import that was refused, and one that is looked at", async () => {
    const found: string[] = []
    const employee = await asActor("employee")
    const dossier = await employee.newPage()
    await dossier.goto(`${portal.url}/werknemer/dossier`)
    const files = dossier.locator("input[type=file][multiple]").first()
    await files.setInputFiles({ name: "programma.exe", mimeType: "application/octet-stream", buffer: Buffer.from("MZ\0\0") })
    await dossier.getByText(/^Dit is een programma\./).waitFor()
    await dossier.getByLabel("Maak er één PDF van").check()
    await files.setInputFiles({ name: "foto.jpg", mimeType: "image/jpeg", buffer: Buffer.from(await phonePhoto()) })
    await dossier.getByRole("button", { name: "Maak de PDF" }).waitFor()
    found.push(...(await axeFindings(dossier, "uploads")))
    await employee.close()

    const office = await asActor("office")
    const page = await office.newPage()
    await page.goto(`${portal.url}/kantoor/werkgevers/${idOf("office", "employer")}/werknemers/importeren`)
    const look = async (name: string, text: string) => {
      await page.getByLabel("Bestand", { exact: true }).setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) })
      await page.getByRole("button", { name: "Bekijk wat er verandert" }).click()
    }
    await look("geen-loonaangifte.xml", "<x/>")
    await page.locator("#inhoud").getByRole("alert").first().waitFor()
    found.push(...(await axeFindings(page, "import refused")))
    await page.getByLabel("CSV met e-mailadressen").check()
    await look("mensen.csv", "nummer;voorletters;achternaam;geboortedatum;email\n1;Z;Zwanenbloem;01-01-1999;geen adres\n77;K;Kattenstaart;16-04-1986;k@test.test")
    await page.getByRole("button", { name: "Inlezen", exact: true }).waitFor()
    found.push(...(await axeFindings(page, "import looked at")))
    await office.close()
    expect(found).toEqual([])
  })

  test("on an address that is not there, nor when nothing is found or nothing is there yet", async () => {
    const context = await asActor("formerOffice")
    const page = await context.newPage()
    const found: string[] = []
    for (const path of ["/nergens", "/kantoor/werkgevers", "/kantoor/zendingen", "/kantoor/ongelezen", "/kantoor/dossier"]) {
      await page.goto(portal.url + path)
      found.push(...(await axeFindings(page, path)))
    }
    await context.close()
    expect(found).toEqual([])
  })

  test("on a form that was sent wrong, and on one that was saved", async () => {
    const found: string[] = []
    const visitor = await asActor(null)
    const page = await visitor.newPage()
    await page.goto(`${portal.url}/aanmelden`)
    await page.getByLabel("Gebruikersnaam of klantnummer").fill("niemand@test.test")
    await page.getByLabel("Wachtwoord", { exact: true }).fill("helemaal verkeerd")
    await page.getByRole("button", { name: "Aanmelden", exact: true }).click()
    await page.getByRole("alert").first().waitFor()
    found.push(...(await axeFindings(page, "aanmelden refused")))
    await visitor.close()

    const office = await asActor("office")
    const form = await office.newPage()
    await form.goto(`${portal.url}/kantoor/werkgevers/nieuw`)
    await form.getByRole("button", { name: "Werkgever toevoegen" }).click()
    await form.getByRole("alert").first().waitFor()
    found.push(...(await axeFindings(form, "nieuwe werkgever refused")))
    await office.close()

    const employee = await asActor("employee")
    const profile = await employee.newPage()
    await profile.goto(`${portal.url}/werknemer/profiel`)
    await profile.getByRole("textbox", { name: "E-mail privé" }).fill("geen adres")
    await profile.getByRole("button", { name: "Adres opslaan" }).click()
    await profile.getByRole("alert").first().waitFor()
    found.push(...(await axeFindings(profile, "profiel refused")))
    await profile.getByRole("button", { name: "Opslaan", exact: true }).click()
    await profile.getByText("Opgeslagen.").waitFor()
    found.push(...(await axeFindings(profile, "profiel saved")))
    await employee.close()
    expect(found).toEqual([])
  })

  test("with a question open, with the list of keys open, with the menu of a phone open, and with a BSN shown", async () => {
    const found: string[] = []
    const office = await asActor("office")
    const page = await office.newPage()
    await page.goto(`${portal.url}/kantoor/zendingen/${idOf("office", "delivery")}`)
    await page.getByRole("button", { name: /^Haal .* weg$/ }).first().click()
    await page.getByRole("dialog").waitFor()
    found.push(...(await axeFindings(page, "question open")))
    await page.keyboard.press("Escape")
    await page.goto(`${portal.url}/kantoor/werkgevers`)
    await page.getByRole("heading", { level: 1 }).waitFor()
    await pressUntil(page, "Shift+?", page.getByRole("dialog", { name: "Toetsen" }))
    found.push(...(await axeFindings(page, "keys open")))
    await page.keyboard.press("Escape")
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByText("Meer", { exact: true }).click()
    await page.getByRole("link", { name: "Profiel" }).last().waitFor()
    found.push(...(await axeFindings(page, "menu open")))
    await office.close()

    const employee = await asActor("employee")
    const own = await employee.newPage()
    await own.goto(`${portal.url}/werknemer`)
    await own.getByRole("button", { name: /^Toon het BSN/ }).click()
    await own.getByText(/^\d{9}$/).waitFor()
    found.push(...(await axeFindings(own, "BSN shown")))
    await own.getByRole("link", { name: "Dossier", exact: true }).click()
    await own.getByRole("heading", { name: /^Mijn dossier/ }).waitFor()
    await own.goBack()
    await own.getByRole("heading", { name: "Mijn gegevens" }).waitFor()
    expect(await own.getByText(/^\d{9}$/).count()).toBe(0)
    await employee.close()
    expect(found).toEqual([])
  })
})
