import type { Browser, BrowserContext, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { encode } from "next-auth/jwt"
import { closeDatabase } from "#platform/database.ts"
import { keyFor } from "#platform/secrets.ts"
import type { Viewer } from "#policy/viewer.ts"
import { axeFindings } from "../support/axe.ts"
import { newVisitor, openBrowser, shoot } from "../support/browser.ts"
import { actions, handlers, pages } from "../support/doors.ts"
import { pressOn, tabTo } from "../support/keyboard.ts"
import { actionForm, builtActions, encoded, inTurns, knock, whatHappened } from "../support/knock.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { codeFor } from "../support/totp.ts"
import { giveCode, setUpCodeApp, signIn, signInToSecondStep, signOut } from "./steps.ts"

const password = "zeven groene fietsen"
const nowhere = "01990000-0000-7000-8000-000000000000"

let portal: TestPortal
let browser: Browser
let context: BrowserContext
let page: Page
let employee: Viewer
let director: Viewer
let secret: string
let codes: string[]
/** The code that the app was confirmed with. */
let used: string
const troubles: string[] = []

beforeAll(async () => {
  portal = await startPortal()
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "silent" })
  const house = await import("../support/house.ts")
  const { asSystem } = await import("#platform/database.ts")
  const office = await house.makeOffice()
  const employerId = await house.makeClient(office)
  const [first = ""] = (await house.bringInBakers(office, employerId)).values()
  employee = await house.viewerFor("employee", first, "bakker@test.test")
  director = await house.viewerFor("employer", employerId, "directie@test.test")
  await asSystem("operate", (tx) => tx.account.updateMany({ where: { id: director.accountId }, data: { mayPutOffSecondStep: false } }))
  browser = await openBrowser()
  context = await newVisitor(browser)
  page = await context.newPage()
  page.on("console", (message) => message.type() === "error" && troubles.push(message.text()))
  page.on("pageerror", (error) => troubles.push(error.message))
}, 400_000)

afterAll(async () => {
  await browser?.close()
  await closeDatabase()
  await portal?.stop()
})

const heading = (name: string, on = page) => on.getByRole("heading", { name, level: 1 }).waitFor()
const alert = (text: RegExp) => page.getByRole("alert").filter({ hasText: text }).first().waitFor()
const cookie = async (name: string) => (await context.cookies()).find((one) => one.name === name)

describe("an employee", () => {
  test("is offered a second step at home, and sets up a code app by keyboard alone", async () => {
    await signIn(page, portal, employee.username, password)
    await page.getByText("Beveilig uw account extra").waitFor()
    await shoot(page, "tweede-stap-aanbod")
    await pressOn(page, /^Nu instellen$/)
    await heading("Code-app")
    await shoot(page, "code-app")
    expect(await axeFindings(page, "code app, off")).toEqual([])
    await pressOn(page, /^Code-app instellen$/)
    await page.getByRole("img", { name: "QR-code voor uw code-app" }).waitFor()
    await shoot(page, "code-app-instellen")
    expect(await axeFindings(page, "code app, to be scanned")).toEqual([])
    secret = await page.locator("code.secret").innerText()
    await tabTo(page, /^Code uit de app/)
    await page.keyboard.type("12345")
    await page.keyboard.press("Enter")
    await alert(/Deze code klopt niet/)
    await page.getByLabel("Code uit de app").fill("")
    await tabTo(page, /^Code uit de app/)
    used = codeFor(secret, new Date())
    await page.keyboard.type(used)
    await page.keyboard.press("Enter")
    await page.getByRole("heading", { name: "Uw herstelcodes" }).waitFor()
    codes = await page.getByRole("list", { name: "Herstelcodes" }).getByRole("listitem").allInnerTexts()
    expect(new Set(codes).size).toBe(10)
    await shoot(page, "herstelcodes")
    expect(await axeFindings(page, "recovery codes")).toEqual([])
    await pressOn(page, /^Ik heb ze bewaard$/)
    await heading("Beveiliging")
    await page.getByText("U hebt nog 10 herstelcodes.").waitFor()
    await shoot(page, "beveiliging")
    expect(await axeFindings(page, "security")).toEqual([])
  })

  test("is asked for it after a right password; a code that was used is wrong, and the next one opens the door", async () => {
    await page.getByRole("link", { name: "Terug naar uw profiel" }).click()
    await page.getByRole("link", { name: "Naar beveiliging" }).waitFor()
    await signOut(page)
    await signInToSecondStep(page, portal, employee.username, password)
    expect(await cookie("sessie")).toBeUndefined()
    expect(await cookie("stap")).toMatchObject({ httpOnly: true, sameSite: "Strict" })
    await shoot(page, "tweede-stap")
    expect(await axeFindings(page, "second step")).toEqual([])
    expect(await page.getByLabel("Code", { exact: true }).getAttribute("autocomplete")).toBe("one-time-code")
    await giveCode(page, used)
    await alert(/nog 4 keer/)
    await shoot(page, "tweede-stap-fout")
    expect(await axeFindings(page, "second step, refused")).toEqual([])
    await giveCode(page, codeFor(secret, new Date(), { away: 1 }))
    await heading("Mijn gegevens")
    expect(await cookie("stap")).toBeUndefined()
    expect(await page.getByText("Beveilig uw account extra").count()).toBe(0)
    await signOut(page)
  })

  test("gets in with a recovery code, once, and reads how many are left", async () => {
    await signInToSecondStep(page, portal, employee.username, password)
    await giveCode(page, codes[0] ?? "")
    await page.getByText("U hebt een herstelcode gebruikt").waitFor()
    await page.getByText("U hebt er nog 9.").waitFor()
    expect(await axeFindings(page, "security, after a recovery code")).toEqual([])
    await page.goto(`${portal.url}/werknemer`)
    await signOut(page)
    await signInToSecondStep(page, portal, employee.username, password)
    await giveCode(page, codes[0] ?? "")
    await alert(/nog 4 keer/)
  })

  test("starts over after five wrong codes, and the right one comes too late", async () => {
    for (const left of [/nog 3 keer/, /nog 2 keer/, /nog één keer/, /Meld u opnieuw aan/]) {
      await giveCode(page, "222222")
      await alert(left)
    }
    await giveCode(page, codes[1] ?? "")
    await alert(/De tijd voor de tweede stap is voorbij/)
    await page.reload()
    await page.getByText("Begin opnieuw").waitFor()
    expect(await axeFindings(page, "second step, over")).toEqual([])
    await page.getByRole("link", { name: "Opnieuw aanmelden" }).click()
    await heading("Aanmelden")
  })

  test("gives the second step without JavaScript too, and makes new recovery codes there", async () => {
    const plain = await browser.newContext({ locale: "nl-NL", javaScriptEnabled: false })
    const bare = await plain.newPage()
    await signInToSecondStep(bare, portal, employee.username, password)
    await giveCode(bare, "wel fout")
    await bare.getByText(/nog 4 keer/).first().waitFor()
    await giveCode(bare, codes[2] ?? "")
    await heading("Beveiliging", bare)
    await bare.getByRole("link", { name: "Tweede stap wijzigen" }).click()
    await bare.getByRole("button", { name: "Nieuwe herstelcodes maken" }).click()
    await bare.getByRole("heading", { name: "Uw herstelcodes" }).waitFor()
    codes = await bare.getByRole("list", { name: "Herstelcodes" }).getByRole("listitem").allInnerTexts()
    expect(codes).toHaveLength(10)
    await plain.close()
  })
})

test("whoever proved it long ago proves once more to be the holder, wherever the address says to go on to, and then changes how to get in", async () => {
  const { asSystem } = await import("#platform/database.ts")
  const grow = (minutes: number) => asSystem("operate", (tx) => tx.session.updateMany({ where: { accountId: director.accountId, endedAt: null }, data: { confirmedAt: new Date(Date.now() - minutes * 60_000) } }))
  await page.goto(`${portal.url}/aanmelden`)
  await page.getByLabel("Gebruikersnaam of klantnummer").fill(director.username)
  await page.getByLabel("Wachtwoord", { exact: true }).fill(password)
  await page.getByRole("button", { name: "Aanmelden", exact: true }).click()
  await heading("Beveilig uw account")
  await grow(16)
  await page.goto(`${portal.url}/beveiliging/toegangssleutels`)
  await heading("Bent u het nog?")
  await page.getByRole("contentinfo").getByRole("button", { name: "Afmelden" }).waitFor()
  await shoot(page, "bevestigen")
  expect(await axeFindings(page, "proving again")).toEqual([])
  await page.getByLabel("Wachtwoord", { exact: true }).fill("een heel ander wachtwoord")
  await page.getByRole("button", { name: "Verder" }).click()
  await alert(/Dit wachtwoord klopt niet/)
  await page.getByLabel("Wachtwoord", { exact: true }).fill(password)
  await page.getByRole("button", { name: "Verder" }).click()
  await heading("Toegangssleutels")
  await page.goto(`${portal.url}/bevestigen?naar=//elders.test`)
  await page.getByLabel("Wachtwoord", { exact: true }).fill(password)
  await page.getByRole("button", { name: "Verder" }).click()
  await heading("Beveilig uw account")
  expect(new URL(page.url()).origin).toBe(portal.url)
  await page.getByRole("button", { name: "Afmelden" }).click()
  await heading("Aanmelden")
})

describe("a passkey", () => {
  test("is made under a name, and signs in without a username and without a code", async () => {
    const debug = await context.newCDPSession(page)
    await debug.send("WebAuthn.enable")
    await debug.send("WebAuthn.addVirtualAuthenticator", { options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } })
    await signInToSecondStep(page, portal, employee.username, password)
    await giveCode(page, codes[0] ?? "")
    await heading("Beveiliging")
    await page.getByRole("link", { name: "Toegangssleutels beheren" }).click()
    await heading("Toegangssleutels")
    await page.getByRole("button", { name: "Toegangssleutel maken" }).click()
    await alert(/Geef de sleutel een naam|Vul/)
    expect(await axeFindings(page, "passkeys, refused")).toEqual([])
    await page.getByLabel("Naam van de nieuwe sleutel").fill("Mijn telefoon")
    await page.getByRole("button", { name: "Toegangssleutel maken" }).click()
    await page.getByText("Nog niet gebruikt").waitFor()
    await shoot(page, "toegangssleutels")
    expect(await axeFindings(page, "passkeys")).toEqual([])
    await page.getByLabel("Naam van de nieuwe sleutel").fill("Nog een keer")
    await page.getByRole("button", { name: "Toegangssleutel maken" }).click()
    await alert(/Er is geen toegangssleutel gebruikt/)
    await page.goto(`${portal.url}/werknemer`)
    await signOut(page)
    await shoot(page, "aanmelden-met-sleutel")
    await page.getByRole("button", { name: "Aanmelden met een toegangssleutel" }).click()
    await heading("Mijn gegevens")
  })

  test("or the password with a code of the app proves to be the holder too", async () => {
    const { asSystem } = await import("#platform/database.ts")
    const grow = () => asSystem("operate", (tx) => tx.session.updateMany({ where: { accountId: employee.accountId, endedAt: null }, data: { confirmedAt: new Date(0) } }))
    await grow()
    await page.goto(`${portal.url}/beveiliging/toegangssleutels`)
    await shoot(page, "bevestigen-op-twee-manieren")
    expect(await axeFindings(page, "proving again, two ways")).toEqual([])
    await page.getByRole("button", { name: "Gebruik een toegangssleutel" }).click()
    await heading("Toegangssleutels")
    await grow()
    await page.goto(`${portal.url}/beveiliging/toegangssleutels`)
    await page.getByLabel("Wachtwoord", { exact: true }).fill(password)
    await page.getByLabel("Code", { exact: true }).fill("000 000")
    await page.getByRole("button", { name: "Verder" }).click()
    await alert(/Deze code klopt niet/)
    await page.getByLabel("Wachtwoord", { exact: true }).fill(password)
    await page.getByLabel("Code", { exact: true }).fill(codes[1] ?? "")
    await page.getByRole("button", { name: "Verder" }).click()
    await heading("Toegangssleutels")
    await page.goto(`${portal.url}/werknemer`)
  })

  test("stands for the second step after a password too", async () => {
    await signOut(page)
    await signInToSecondStep(page, portal, employee.username, password)
    await shoot(page, "tweede-stap-met-sleutel")
    await page.getByRole("button", { name: "Aanmelden met een toegangssleutel" }).click()
    await heading("Mijn gegevens")
  })

  test("is removed after a question, and opens nothing any more", async () => {
    await page.goto(`${portal.url}/beveiliging/toegangssleutels`)
    await page.getByText("Laatst gebruikt").waitFor()
    await page.getByRole("button", { name: "Verwijder Mijn telefoon" }).click()
    await shoot(page, "toegangssleutel-weghalen")
    await page.getByRole("dialog").getByRole("button", { name: "Verwijder" }).click()
    await page.getByText("De toegangssleutel is verwijderd.").waitFor()
    await page.goto(`${portal.url}/werknemer`)
    await signOut(page)
    await page.getByRole("button", { name: "Aanmelden met een toegangssleutel" }).click()
    await alert(/werkt hier niet/)
    expect(await axeFindings(page, "signing in, passkey refused")).toEqual([])
  })
})

describe("whoever must have a second step", () => {
  let session: string

  /** What every page, handler and action answers to a cookie: each with where it led. */
  async function knockOnAll(sent: Record<string, string>, isRight: (at: string, said: string) => boolean): Promise<string[]> {
    const own = { Origin: portal.url, Cookie: Object.entries(sent).map((one) => one.join("=")).join("; ") }
    const path = (at: string) => at.replace(/\[\w+\]/g, nowhere)
    const said = (at: string, what: string) => (isRight(at, what) ? [] : [`${at}: ${what}`])
    const built = builtActions()
    return inTurns([
      ...Object.entries(pages).filter(([, door]) => door.for !== "everybody").map(([at]) => async () => said(at, whatHappened(await knock(portal.url, path(at), { headers: own })))),
      ...Object.entries(handlers).filter(([, door]) => door.for !== "everybody" && door.for.length > 0).map(([at]) => async () => {
        const [method = "", address = ""] = at.split(" ")
        const body = /POST|PATCH/.test(method) ? new Uint8Array(0) : undefined
        const answer = await knock(portal.url, path(address), { method, headers: own, ...(body ? { body } : {}) })
        return said(at, `${answer.status} ${/"code":"([a-z-]+)"/.exec(answer.text)?.[1] ?? ""}`.trim())
      }),
      ...Object.entries(actions).filter(([, door]) => door.for !== "everybody").map(([name, door]) => async () => {
        const { id = "", pages: on = [] } = built.get(name) ?? {}
        const { body, headers } = await encoded(actionForm(Object.entries(door.needs ?? {}), [{ status: "idle" }, "$K1"]))
        const answer = await knock(portal.url, path(on[0] ?? ""), { method: "POST", body, headers: { ...headers, ...own, "Next-Action": id } })
        return said(name, String(answer.headers["x-action-redirect"] ?? answer.status).split(";")[0] ?? "")
      }),
    ])
  }

  const setUpPages = /^\/beveiliging\/(verplicht|tweede-stap|toegangssleutels)$|^\/bevestigen$/
  const setUpActions = /beginCodeAppAction|confirmCodeAppAction|askNewPasskeyAction|addPasskeyAction|bevestigen/

  test("is led by every page, handler and action to where one is set up; nothing else opens", async () => {
    await signInUntilAsked()
    session = (await cookie("sessie"))?.value ?? ""
    const wrong = await knockOnAll({ sessie: session }, (at, said) => {
      if (at.startsWith("/")) return setUpPages.test(at) ? said === "passed" : said === "to /beveiliging/verplicht"
      if (/^[A-Z]+ /.test(at)) return said === "403 second-step-first" || (at.startsWith("HEAD") && said === "403")
      return setUpActions.test(at) ? said !== "/aanmelden" : said === "/beveiliging/verplicht"
    })
    expect(wrong).toEqual([])
    await shoot(page, "verplicht")
    expect(await axeFindings(page, "set up first")).toEqual([])
  })

  test("changes the language and signs out there, comes back, and is inside once a code app is set up", async () => {
    await page.getByRole("button", { name: "English" }).click()
    await heading("Secure your account")
    expect(await axeFindings(page, "set up first, in English")).toEqual([])
    await page.getByRole("button", { name: "Nederlands" }).click()
    await heading("Beveilig uw account")
    await page.getByRole("button", { name: "Afmelden" }).click()
    await heading("Aanmelden")
    await signInUntilAsked()
    const made = await setUpCodeApp(page)
    await heading("Mijn gegevens")
    await page.goto(`${portal.url}/beveiliging/tweede-stap`)
    expect(await page.getByRole("button", { name: "Code-app uitzetten" }).count()).toBe(0)
    await page.getByText("Een tweede stap is verplicht.").waitFor()
    await shoot(page, "code-app-aan")
    expect(await axeFindings(page, "code app, on")).toEqual([])
    await page.goto(`${portal.url}/werkgever`)
    await signOut(page)
    await signInToSecondStep(page, portal, director.username, password)
    const pending = (await cookie("stap"))?.value ?? ""
    const asSession = await encode({ token: { sid: pending }, secret: keyFor("cookie").toString("base64url"), salt: "sessie" })
    const wrong = await knockOnAll({ stap: pending, sessie: asSession }, (at, said) => {
      if (at.startsWith("/")) return said === "to sign in"
      return /^[A-Z]+ /.test(at) ? said === "401 signed-out" || (at.startsWith("HEAD") && said === "401") : said === "/aanmelden"
    })
    expect(wrong).toEqual([])
    await giveCode(page, codeFor(made.secret, new Date(), { away: 1 }))
    await heading("Mijn gegevens")
  })

  async function signInUntilAsked(): Promise<void> {
    await page.goto(`${portal.url}/aanmelden`)
    await page.getByLabel("Gebruikersnaam of klantnummer").fill(director.username)
    await page.getByLabel("Wachtwoord", { exact: true }).fill(password)
    await page.getByRole("button", { name: "Aanmelden", exact: true }).click()
    await heading("Beveilig uw account")
  }
})

test("nothing went wrong in the browser meanwhile", () => {
  expect(troubles).toEqual([])
})
