import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { changeMailText, restoreMailText } from "#domain/mail-texts/change-text.ts"
import { changeOperatorText, viewOperatorText } from "#domain/mail-texts/operator-text.ts"
import { tryMailText } from "#domain/mail-texts/try-text.ts"
import { listMailTexts, viewMailText } from "#domain/mail-texts/view-texts.ts"
import { MAIL_KINDS } from "#domain/mails/mail-kinds.ts"
import { catalogueWords } from "#messages/mail-texts.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { TEXT_KINDS } from "#policy/mail-texts.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { makeClient, makeOffice, today, viewerFor } from "../../support/house.ts"
import { makeHouse, type House } from "../sharing/people.ts"
import { letter, wordsOfSomebody } from "./people.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const newFiles = { kind: "new-files", locale: "nl" } as const
let house: House
let other: Pick<House, "office" | "employer">
beforeAll(async () => {
  house = await makeHouse()
  const office = await makeOffice()
  other = { office, employer: await viewerFor("employer", await makeClient(office, "999990044L01")) }
}, 60_000)
beforeEach(() => asSystem("operate", (tx) => tx.mailText.deleteMany()))

const change = (viewer: Viewer, who: string, version = "") => changeMailText(viewer, { ...newFiles, version, words: wordsOfSomebody(who) }, today)
const sent = () => letter(house.employee, "new-files", { partyId: house.employee.partyId })
const subjectSent = async () => (await sent()).subject
const eventsOf = (kind: string) => asSystem("operate", (tx) => tx.auditEvent.findMany({ where: { kind }, select: { chainId: true, accountId: true, details: true } }))

test("the words of the employer go before those of its office, the operator and the portal, and give way to them one by one", async () => {
  expect(await subjectSent()).toBe(catalogueWords("new-files", "nl").subject)
  await changeOperatorText(newFiles, wordsOfSomebody("beheer"), today)
  expect(await subjectSent()).toBe("Nieuws van beheer")
  await change(house.office, "kantoor")
  expect(await subjectSent()).toBe("Nieuws van kantoor")
  await change(house.employer, "werkgever")
  expect(await sent()).toMatchObject({ subject: "Nieuws van werkgever", text: expect.stringContaining("Hier is werkgever.\n\nOpen Mijn LoonDossier:\nhttps://portaal.test/aanmelden") })
  await restoreMailText(house.employer, newFiles)
  expect(await subjectSent()).toBe("Nieuws van kantoor")
  await restoreMailText(house.office, newFiles)
  expect(await subjectSent()).toBe("Nieuws van beheer")
  await changeOperatorText(newFiles, null, today)
  expect(await subjectSent()).toBe(catalogueWords("new-files", "nl").subject)
  expect(await viewOperatorText(newFiles)).toBeNull()
})

test("another office's words, or of another language or mail, are in nobody else's mail", async () => {
  await change(other.office, "ander kantoor")
  await change(other.employer, "andere werkgever")
  await changeMailText(house.employer, { kind: "new-files", locale: "en", version: "", words: wordsOfSomebody("English") }, today)
  await changeMailText(house.employer, { kind: "reminder", locale: "nl", version: "", words: wordsOfSomebody("herinnering") }, today)
  expect(await subjectSent()).toBe(catalogueWords("new-files", "nl").subject)
})

test("what an office is mailed about a client is never in that client's words, nor is anything about an account itself in anybody's", async () => {
  await expect(changeMailText(house.employer, { kind: "approval-refused", locale: "nl", version: "", words: wordsOfSomebody("werkgever") }, today)).rejects.toMatchObject({ code: "not-found" })
  await changeMailText(house.office, { kind: "approval-refused", locale: "nl", version: "", words: wordsOfSomebody("kantoor") }, today)
  expect((await letter(house.office, "approval", { partyId: house.employer.partyId, token: "refused" })).subject).toBe("Nieuws van kantoor")
  expect((await letter(house.office, "approval", { partyId: house.employer.partyId, token: "asked" })).subject).toBe(catalogueWords("approval-asked", "nl").subject)
  expect(TEXT_KINDS.filter((kind) => ["password-link", "confirm-address", "account-changed", "new-sign-in", "usernames"].some((one) => one === kind))).toEqual([])
})

test("every kind of mail says something", async () => {
  for (const kind of MAIL_KINDS) {
    const { subject, text, html } = await letter(house.employee, kind, { partyId: house.employee.partyId, token: kind === "trial" ? "reminder en" : "asked" })
    expect([kind, subject.length > 5, text.includes("https://portaal.test/"), /\{|undefined/.test(subject + text + html.replace(/<[^>]*>/g, ""))]).toEqual([kind, true, true, false])
  }
})

test("an owner sees whose words count and who changed them when; an employer sees those of its own office and of nobody else's", async () => {
  await change(house.office, "kantoor")
  await change(other.office, "ander kantoor")
  const { texts, office } = await viewMailText(house.employer, newFiles)
  expect(texts.nl).toEqual({ source: "office", above: "office", words: wordsOfSomebody("kantoor"), version: "", changedAt: null, changedBy: null })
  expect(texts.en).toMatchObject({ source: "catalogue", words: null })
  expect(office).toMatch(/^Kantoor \d+$/)
  await change(house.employer, "werkgever")
  const [listed] = (await listMailTexts(house.employer)).filter(({ kind }) => kind === "new-files")
  expect(listed?.texts.nl).toMatchObject({ source: "own", above: "office", changedAt: today, changedBy: house.employer.username })
  expect((await listMailTexts(house.employer)).map(({ kind }) => kind)).not.toContain("approval-asked")
})

test("when an employer leaves its office, the words of that office are no longer in sight or in its mails", async () => {
  await change(house.office, "kantoor")
  await asSystem("operate", (tx) => tx.engagement.updateMany({ where: { id: house.engagementId }, data: { endedAt: new Date() } }))
  try {
    expect(await subjectSent()).toBe(catalogueWords("new-files", "nl").subject)
    expect((await viewMailText(house.employer, newFiles)).texts.nl).toMatchObject({ source: "catalogue", words: null })
  } finally {
    await asSystem("operate", (tx) => tx.engagement.updateMany({ where: { id: house.engagementId }, data: { endedAt: null } }))
  }
})

test("only owners of an office or business look, change, restore or try", async () => {
  const acts = [listMailTexts, (one: Viewer) => viewMailText(one, newFiles), (one: Viewer) => change(one, "x"), (one: Viewer) => restoreMailText(one, newFiles), (one: Viewer) => tryMailText(one, newFiles, today)]
  for (const act of acts) {
    for (const wrong of [house.employee, { ...house.office, rank: "reader" as const }, { ...house.office, rank: "member" as const }]) await expect(act(wrong)).rejects.toMatchObject({ code: "owners-only" })
  }
  expect(await asSystem("operate", (tx) => tx.mailText.count())).toBe(0)
})

test("who claims to be an owner without being one changes nothing: the database looks for itself", async () => {
  const pretending = { ...house.employee, kind: "employer" as const, partyId: house.employer.partyId }
  await expect(change(pretending, "vreemde")).rejects.toThrow()
  await change(house.office, "kantoor")
  expect((await viewMailText({ ...other.employer, partyId: house.office.partyId, kind: "office" }, newFiles)).texts.nl).toMatchObject({ source: "catalogue", words: null })
})

test("saving the same twice keeps one and tells of one; of two at once that say something else one is told so", async () => {
  await change(house.office, "kantoor")
  await change(house.office, "kantoor")
  const { version } = (await viewMailText(house.office, newFiles)).texts.nl
  const told = await Promise.allSettled([change(house.office, "de een", version), change(house.office, "de ander", version)])
  expect(told.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"])
  expect(told.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []))).toEqual(["mail-text-changed"])
  expect(await asSystem("operate", (tx) => tx.mailText.count())).toBe(1)
  const events = (await eventsOf("mail-text.changed")).filter(({ chainId, details }) => chainId === house.office.partyId && JSON.stringify(details) === JSON.stringify({ mail: "new-files", locale: "nl" }))
  expect(events.length).toBeGreaterThanOrEqual(2)
  expect(events.every(({ accountId }) => accountId === house.office.accountId)).toBe(true)
})

test("restoring twice is harmless, and is told of once", async () => {
  const before = (await eventsOf("mail-text.restored")).length
  await change(house.office, "kantoor")
  await restoreMailText(house.office, newFiles)
  await restoreMailText(house.office, newFiles)
  expect((await eventsOf("mail-text.restored")).length).toBe(before + 1)
})

test("a trial goes to the own address alone, in the language that was asked, and says that it is one", async () => {
  await asSystem("operate", (tx) => tx.office.update({ where: { id: house.office.partyId }, data: { email: "kantoor@kantoor.test" } }))
  await tryMailText(house.office, { kind: "reminder", locale: "en" }, today)
  const mails = await asSystem("operate", (tx) => tx.mail.findMany({ where: { kind: "trial", accountId: house.office.accountId }, select: { toAddress: true, partyId: true } }))
  expect(mails).toEqual([{ toAddress: "kantoor@kantoor.test", partyId: house.office.partyId }])
  const trial = await letter(house.office, "trial", { partyId: house.office.partyId, token: "reminder en" })
  expect([trial.subject, trial.headers]).toEqual([`Trial: ${catalogueWords("reminder", "en").subject}`, {}])
})
