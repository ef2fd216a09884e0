import pg from "pg"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { closeDatabase } from "#platform/database.ts"
import { axeFindings } from "../support/axe.ts"
import { openBrowser, shoot, watchedPage } from "../support/browser.ts"
import { startPortal, type TestPortal } from "../support/portal.ts"
import { goTo, linkFrom, mailsIn, signIn } from "./steps.ts"

const password = "zeven groene fietsen"
const baker = (n: number) => `medewerker${n}@voorbeeld.test`

let portal: TestPortal
let browser: Browser
let owner: pg.Client
let office: Page
let visitor: Page
let officeNumber: string
const troubles: string[] = []

const newPage = () => watchedPage(browser, troubles)

beforeAll(async () => {
  portal = await startPortal()
  Object.assign(process.env, portal.environment, { LOG_LEVEL: "silent" })
  const house = await import("../support/house.ts")
  const viewer = await house.makeOffice()
  officeNumber = viewer.username
  const bakery = await house.makeClient(viewer)
  await house.bringInBakers(viewer, bakery)
  await house.bringIn(viewer, bakery, "csv", Buffer.from("nummer;achternaam;geboortedatum;email\n901;Zonderadres;01-02-1980;\n902;Zonderdatum;;zonderdatum@voorbeeld.test"))
  await closeDatabase()
  owner = new pg.Client({ connectionString: portal.databaseUrl })
  await owner.connect()
  browser = await openBrowser()
  ;[office, visitor] = [await newPage(), await newPage()]
}, 400_000)

afterAll(async () => {
  await browser?.close()
  await owner?.end()
  await portal?.stop()
})

const heading = (on: Page, name: string | RegExp) => on.getByRole("heading", { name, level: 1 })
const welcomes = async (to: string) => (await mailsIn(portal, to)).filter((mail) => mail.subject === "Welkom bij Mijn LoonDossier")
const asked = async (to: string) => (await mailsIn(portal, to)).filter((mail) => mail.subject === "Kies uw wachtwoord").length

/** The link in the newest welcome mail to somebody, when this many have come. */
async function welcomeLink(to: string, count = 1): Promise<string> {
  await expect.poll(async () => (await welcomes(to)).length, { timeout: 60_000 }).toBe(count)
  const [newest] = await welcomes(to)
  return newest?.links.find((link) => link.includes("/welkom#")) ?? ""
}

/** Opens a link as from the mail: a new page, so that its part behind the # is read again. */
async function openLink(link: string): Promise<void> {
  await visitor.goto("about:blank")
  await visitor.goto(link)
  await heading(visitor, "Uw uitnodiging").waitFor()
}

/** Moves the newest invitation of somebody, as time or a wrong date of birth would. */
async function change(to: string, what: "expires_at = now()" | "tries_left = 0"): Promise<void> {
  await owner.query(`update invitation set ${what} where account_id = (select id from account where username = $1) and replaced_at is null`, [to])
}

async function toEmployees(): Promise<void> {
  await goTo(office, "Werkgevers")
  await office.getByRole("link", { name: /^Bakkerij De Korenmaat/ }).first().click()
  await office.getByRole("link", { name: "Werknemers", exact: true }).click()
  await heading(office, "Werknemers").waitFor()
}

/** Waits until the chips above the list say this: a mail counts as arrived a moment after it did. */
async function saidByChips(said: readonly string[]): Promise<void> {
  const chips = async () => {
    await office.reload()
    return office.getByRole("navigation", { name: "Toon wie" }).getByRole("link").allInnerTexts()
  }
  await expect.poll(chips, { timeout: 60_000 }).toEqual(said)
}

describe("an office that set everything up quietly", () => {
  test("invites everybody at once, and reads first how many and who not; twice there is nobody left to invite", async () => {
    await signIn(office, portal, officeNumber, password)
    await toEmployees()
    await saidByChips(["Alle (26)", "Nog niet uitgenodigd (24)", "Geen e-mailadres (1)", "Geboortedatum ontbreekt (1)"])
    await office.getByRole("button", { name: "Nodig iedereen uit" }).click()
    const dialog = office.getByRole("dialog")
    await dialog.getByText("24 werknemers krijgen een mail met uitleg.").waitFor()
    expect(await dialog.getByRole("listitem").allInnerTexts()).toEqual(["1: Geen e-mailadres", "1: Geboortedatum ontbreekt"])
    await shoot(office, "iedereen-uitnodigen")
    expect(await axeFindings(office, "inviting everybody")).toEqual([])
    await dialog.getByRole("button", { name: "Nodig er 24 uit" }).click()
    await office.getByText("Er zijn 24 uitnodigingen verstuurd").waitFor()
    expect(await office.getByRole("dialog").count()).toBe(0)
    expect(await office.getByRole("button", { name: "Nodig iedereen uit" }).count()).toBe(0)
    await shoot(office, "iedereen-uitgenodigd")
    await expect.poll(async () => (await mailsIn(portal)).length, { timeout: 60_000 }).toBe(24)
    expect(new Set((await mailsIn(portal)).flatMap((mail) => mail.recipients)).size).toBe(24)
    await toEmployees()
    await saidByChips(["Alle (26)", "Uitgenodigd (24)", "Geen e-mailadres (1)", "Geboortedatum ontbreekt (1)"])
  })

  test("finds in the cabinet of who has no date of birth what to do about it, and no button to invite", async () => {
    await office.getByRole("row").filter({ hasText: "Zonderdatum" }).getByRole("link").first().click()
    await heading(office, /^Werknemerdossier/).waitFor()
    const section = office.locator("section").filter({ has: office.getByRole("heading", { name: "Toegang" }) })
    await section.getByText("Geboortedatum ontbreekt", { exact: true }).waitFor()
    await section.getByText("Vul de datum in de loonadministratie in en lees die opnieuw in.").waitFor()
    expect(await section.getByRole("button", { name: /^Nodig/ }).count()).toBe(0)
    await shoot(office, "toegang-zonder-geboortedatum")
  })
})

describe("the link in the welcome mail", () => {
  test("is used by no HEAD or GET, tells who invites and no address, and may be opened twice", async () => {
    const link = await welcomeLink(baker(2))
    for (const method of ["HEAD", "GET", "HEAD", "GET"]) expect((await fetch(link, { method })).status).toBe(200)
    for (let time = 0; time < 2; time++) {
      await openLink(link)
      await visitor.getByText("Bakkerij De Korenmaat B.V.").waitFor()
      await visitor.getByText("m…@v…").waitFor()
    }
    expect(await visitor.content()).not.toMatch(/voorbeeld\.test|Vries/)
    expect(visitor.url()).toBe(`${portal.url}/welkom`)
    await shoot(visitor, "uitnodiging-open")
    expect(await axeFindings(visitor, "an open invitation")).toEqual([])
    const { rows } = await owner.query("select count(*)::int as open from invitation where used_at is null and withdrawn_at is null and replaced_at is null and tries_left = 5")
    expect(rows).toEqual([{ open: 24 }])
    expect(await asked(baker(2))).toBe(0)
  })

  test("asks the mail with which a first password is chosen, by date of birth; after that it says to sign in", async () => {
    await visitor.getByRole("button", { name: "Stuur mij een link om een wachtwoord te kiezen" }).click()
    await visitor.getByText("Kijk in uw e-mail").waitFor()
    await shoot(visitor, "uitnodiging-gevraagd")
    await visitor.goto(await linkFrom(portal, baker(2)))
    await visitor.getByLabel("Geboortedatum").fill("03-11-1998")
    await visitor.getByLabel("Nieuw wachtwoord").fill(password)
    await visitor.getByRole("button", { name: "Wachtwoord kiezen en aanmelden" }).click()
    await visitor.getByRole("navigation", { name: "Hoofdmenu" }).waitFor()
    visitor = await newPage()
    await openLink(await welcomeLink(baker(2)))
    await visitor.getByText("U hebt al een wachtwoord").waitFor()
    await shoot(visitor, "uitnodiging-gebruikt")
    await visitor.getByRole("link", { name: "Aanmelden", exact: true }).first().click()
    await heading(visitor, "Aanmelden").waitFor()
  })

  test("says after four days that it is over; no link to a password is mailed, but a new invitation, and then the old link leads to the newest mail", async () => {
    const link = await welcomeLink(baker(3))
    await change(baker(3), "expires_at = now()")
    await visitor.goto(`${portal.url}/wachtwoord`)
    await visitor.getByLabel("Gebruikersnaam of klantnummer").fill(baker(3))
    await visitor.getByRole("button", { name: "Stuur mij een link" }).click()
    await visitor.getByText("Kijk in uw e-mail").first().waitFor()
    await openLink(link)
    await visitor.getByText("Deze uitnodiging is verlopen").waitFor()
    await shoot(visitor, "uitnodiging-verlopen")
    expect(await axeFindings(visitor, "an invitation that is over")).toEqual([])
    await visitor.getByRole("button", { name: "Stuur mij een nieuwe uitnodiging" }).click()
    await visitor.getByText("Er komt binnen een paar minuten een nieuwe uitnodiging.").waitFor()
    const renewed = await welcomeLink(baker(3), 2)
    expect(await asked(baker(3))).toBe(0)
    await openLink(link)
    await visitor.getByText("Er is een nieuwere uitnodiging").waitFor()
    await openLink(renewed)
    await visitor.getByRole("button", { name: "Stuur mij een link om een wachtwoord te kiezen" }).waitFor()
  })

  test("says that it was withdrawn, that it was tried too often, or that it is not known", async () => {
    await toEmployees()
    await office.getByRole("row").filter({ hasText: baker(4) }).getByRole("link").first().click()
    await office.getByRole("button", { name: "Trek in", exact: true }).click()
    await office.getByRole("dialog").getByRole("button", { name: "Trek in", exact: true }).click()
    await office.getByText("Uitnodiging ingetrokken", { exact: true }).waitFor()
    await openLink(await welcomeLink(baker(4)))
    await visitor.getByText("Deze uitnodiging is ingetrokken").waitFor()
    await shoot(visitor, "uitnodiging-ingetrokken")
    expect(await axeFindings(visitor, "an invitation that was withdrawn")).toEqual([])
    await change(baker(5), "tries_left = 0")
    const fifth = await welcomeLink(baker(5))
    await openLink(fifth)
    await visitor.getByText("Het is te vaak geprobeerd").waitFor()
    await openLink(`${fifth.slice(0, -2)}AA`)
    await visitor.getByText("Wij kennen deze uitnodiging niet").waitFor()
    expect(await visitor.getByRole("button", { name: /^Stuur mij/ }).count()).toBe(0)
    await shoot(visitor, "uitnodiging-onbekend")
  })

  test("can be pasted whole where it did not come by itself", async () => {
    await openLink(`${portal.url}/welkom`)
    await visitor.getByLabel("Code uit de link").fill(await welcomeLink(baker(6)))
    await visitor.getByRole("button", { name: "Verder" }).click()
    await visitor.getByText("Bakkerij De Korenmaat B.V.").waitFor()
  })
})

test("the list tells every state, by a word in each row and a chip for those that occur, and sifts on it", async () => {
  await change(baker(7), "expires_at = now()")
  await owner.query("update mail set state = 'failed', failure = 'mail-refused' where to_address = $1", [baker(8)])
  await toEmployees()
  await saidByChips([
    ...["Alle (26)", "Actief (1)", "Uitgenodigd (19)", "Geen e-mailadres (1)", "Geboortedatum ontbreekt (1)"],
    ...["Mail kwam niet aan (1)", "Uitnodiging verlopen (1)", "Te vaak verkeerd (1)", "Ingetrokken (1)"],
  ])
  const rows = office.getByRole("table", { name: "Werknemers" }).getByRole("row")
  for (const [n, state] of [[2, "Actief"], [3, "Uitgenodigd"], [4, "Ingetrokken"], [5, "Te vaak verkeerd"], [7, "Uitnodiging verlopen"], [8, "Mail kwam niet aan"]] as const) {
    expect(await rows.filter({ hasText: baker(n) }).innerText()).toContain(state)
  }
  await shoot(office, "werknemers-alle-standen")
  expect(await axeFindings(office, "employees in every state")).toEqual([])
  await office.getByRole("link", { name: "Ingetrokken (1)" }).click()
  await expect.poll(() => rows.count()).toBe(2)
  expect(await rows.nth(1).innerText()).toContain(baker(4))
  await office.getByRole("button", { name: "Nodig iedereen uit" }).click()
  await office.getByRole("dialog").getByText("Eén werknemer krijgt een mail met uitleg").waitFor()
  await office.getByRole("dialog").getByRole("button", { name: "Nodig één uit" }).click()
  await office.getByText("Er is één uitnodiging verstuurd").waitFor()
  await welcomeLink(baker(7), 2)
  expect([await welcomes(baker(4)), await welcomes(baker(8))].map((mails) => mails.length)).toEqual([1, 1])
})

test("an office invites its clients at once", async () => {
  await goTo(office, "Werkgevers")
  await heading(office, "Werkgevers").waitFor()
  await office.getByRole("button", { name: "Nodig iedereen uit" }).click()
  await office.getByRole("dialog").getByText("Eén werkgever krijgt een mail met uitleg").waitFor()
  await shoot(office, "werkgevers-uitnodigen")
  await office.getByRole("dialog").getByRole("button", { name: "Nodig één uit" }).click()
  await office.getByText("Er is één uitnodiging verstuurd").waitFor()
  await welcomeLink("werkgever@voorbeeld.test")
})

test("nothing went wrong in any of these pages", () => {
  expect(troubles).toEqual([])
})
