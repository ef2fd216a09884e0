import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest"
import { removeMailbox, saveMailbox, switchMailbox, viewMailbox } from "#domain/mailboxes/change-mailbox.ts"
import { beginConsent, disconnectMailbox, finishConsent, knownProviders } from "#domain/mailboxes/connect-mailbox.ts"
import { sendTestMail } from "#domain/mailboxes/send-test-mail.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { env } from "#platform/env.ts"
import { newId } from "#platform/ids.ts"
import { closeMailer } from "#platform/mailer.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { sendQueuedMail } from "../../../src/jobs/send-mail.ts"
import { client, giveConsent, startConsentServer } from "../../support/consent-server.ts"
import { useDatabase } from "../../support/database.ts"
import { startMailServer } from "../../support/mail-server.ts"
import { makeHouse, type House } from "../sharing/people.ts"
import { boxInput, codeOf, forgetMailboxes, queueOne, stateOf, words } from "./boxes.ts"

useDatabase()
let house: House
let office: Viewer
let consent: Awaited<ReturnType<typeof startConsentServer>>
let server: Awaited<ReturnType<typeof startMailServer>>
const now = new Date()
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000)

beforeAll(async () => {
  consent = await startConsentServer()
  Object.assign(process.env, { OUTGOING_LOOPBACK: "yes", MAIL_OAUTH_SERVER: consent.url, MAIL_OAUTH_MICROSOFT_ID: client.id, MAIL_OAUTH_MICROSOFT_SECRET: client.secret })
  house = await makeHouse()
  office = house.office
})
beforeEach(async () => {
  server = await startMailServer({ token: "nog geen" })
  Object.assign(consent.state, { lives: 3600, down: false, refreshed: 0 })
  await saveMailbox(office, boxInput(server.port, { signInBy: "microsoft", password: "" }), now)
})
afterEach(async () => {
  closeMailer()
  await server.stop()
  await forgetMailboxes()
})
afterAll(async () => {
  await consent.stop()
  await closeQueue()
  await closeDatabase()
})

const lastToken = () => consent.state.given.at(-1) ?? ""
async function connect(): Promise<void> {
  const { address } = await beginConsent(office, now)
  await finishConsent(office, await giveConsent(address), now)
  server.state.token = lastToken()
}

test("a mailbox is connected with consent, and sends by token; the tokens are kept sealed", async () => {
  const { address } = await beginConsent(office, now)
  const asked = new URL(address).searchParams
  expect(Object.fromEntries(asked)).toMatchObject({ response_type: "code", client_id: client.id, redirect_uri: "http://localhost:3000/koppelingen/mailbox", scope: "https://outlook.office.com/SMTP.Send offline_access", code_challenge_method: "S256", login_hint: "loon@delinde.test" })
  const given = await giveConsent(address)
  expect(given.returnsTo).toBe("http://localhost:3000/koppelingen/mailbox")
  await finishConsent(office, given, now)
  server.state.token = lastToken()
  expect((await sendTestMail(office, words, now)).trouble).toBeNull()
  expect(await viewMailbox(office)).toMatchObject({ hasSecret: true, provenAt: now })
  const { secretSealed } = await asSystem("operate", (tx) => tx.mailbox.findUniqueOrThrow({ where: { partyId: office.partyId } }))
  expect(Buffer.from(secretSealed ?? []).toString("latin1")).not.toMatch(/toegang|verversen/)
})

test("only who began it finishes it, in the same session, once, in time, with what was sent along", async () => {
  const begin = async () => giveConsent((await beginConsent(office, now)).address)
  const first = await begin()
  expect(await codeOf(finishConsent({ ...office, sessionId: newId() }, first, now))).toBe("mailbox-consent-over")
  expect(await codeOf(finishConsent(house.employer, first, now))).toBe("mailbox-consent-over")
  expect(await codeOf(finishConsent({ ...office, rank: "reader" }, first, now))).toBe("owners-only")
  expect(await codeOf(finishConsent(office, { ...first, state: "anders" }, now))).toBe("mailbox-consent-over")
  expect(await codeOf(finishConsent(office, first, later(11)))).toBe("mailbox-consent-over")
  expect(await codeOf(finishConsent(office, { ...first, code: "anders" }, now))).toBe("mailbox-consent-refused")
  expect(await codeOf(finishConsent(office, first, now))).toBe("mailbox-consent-over")
  const second = await begin()
  await finishConsent(office, second, now)
  expect(await codeOf(finishConsent(office, second, now))).toBe("mailbox-consent-over")
  const [stolen, third] = [await begin(), await begin()]
  expect(await codeOf(finishConsent(office, { state: third.state, code: stolen.code }, now))).toBe("mailbox-consent-refused")
})

test("a token that is nearly over is refreshed once, and the fresh one is kept", async () => {
  consent.state.lives = 60
  await connect()
  consent.state.lives = 3600
  const before = lastToken()
  server.state.token = "geen enkele"
  expect((await sendTestMail(office, words, now)).trouble).toBe("reconnect")
  expect(lastToken()).not.toBe(before)
  server.state.token = lastToken()
  expect((await sendTestMail(office, words, now)).trouble).toBeNull()
  expect(consent.state.refreshed).toBe(1)
})

test("a consent that was withdrawn says to connect again, keeps mails waiting, and they go when it was", async () => {
  await connect()
  await sendTestMail(office, words, now)
  await switchMailbox(office, { on: true }, now)
  consent.withdraw()
  await expire()
  const mailId = await queueOne(house.employee, house.employee.partyId)
  await sendQueuedMail({ mailId })
  expect(await stateOf(mailId)).toMatchObject({ state: "queued", failure: "reconnect" })
  expect(await viewMailbox(office)).toMatchObject({ isOn: true, lastFailure: "reconnect" })
  await connect()
  await sendQueuedMail({ mailId })
  expect(await stateOf(mailId)).toMatchObject({ state: "sent" })
})

test("a provider that does not answer is tried later", async () => {
  await connect()
  await expire()
  consent.state.down = true
  expect((await sendTestMail(office, words, now)).trouble).toBe("consent-unreachable")
  const { address } = await beginConsent(office, now)
  expect(await codeOf(finishConsent(office, { state: new URL(address).searchParams.get("state") ?? "", code: "x" }, now))).toBe("mailbox-consent-unreachable")
})

test("disconnecting forgets the tokens, and so does another server; twice is harmless", async () => {
  await connect()
  await disconnectMailbox(office, now)
  await disconnectMailbox(office, now)
  expect(await viewMailbox(office)).toMatchObject({ hasSecret: false })
  expect((await sendTestMail(office, words, now)).trouble).toBe("reconnect")
  await connect()
  await saveMailbox(office, boxInput(1, { signInBy: "microsoft", password: "", provider: "microsoft365" }), now)
  expect(await viewMailbox(office)).toMatchObject({ host: "smtp.office365.com", hasSecret: false })
})

test("it takes a mailbox of this provider, an owner, and an operator who made the portal known there", async () => {
  expect(knownProviders()).toEqual(["microsoft"])
  await saveMailbox(office, boxInput(server.port, { signInBy: "google", password: "" }), now)
  expect(await codeOf(beginConsent(office, now))).toBe("mailbox-provider-off")
  await saveMailbox(office, boxInput(server.port), now)
  expect(await codeOf(beginConsent(office, now))).toBe("mailbox-by-password")
  expect(await codeOf(disconnectMailbox(office, now))).toBe("not-found")
  expect(await codeOf(beginConsent({ ...office, rank: "reader" }, now))).toBe("owners-only")
  expect(await codeOf(beginConsent(house.employer, now))).toBe("not-found")
  await removeMailbox(office, now)
  expect(await codeOf(beginConsent(office, now))).toBe("not-found")
  expect(env().MAIL_OAUTH_GOOGLE_ID).toBeUndefined()
})

/** Makes the kept token one that is over. */
async function expire(): Promise<void> {
  const { sealTokens } = await import("#domain/mailboxes/mailbox-secret.ts")
  const secretSealed = sealTokens(office.partyId, { access: "oud", refresh: "oud", until: new Date(0) })
  await asSystem("operate", (tx) => tx.mailbox.update({ where: { partyId: office.partyId }, data: { secretSealed } }))
}
