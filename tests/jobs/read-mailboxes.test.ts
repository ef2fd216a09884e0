import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { saveMailbox, switchMailbox, viewMailbox, type SaveMailboxInput } from "#domain/mailboxes/change-mailbox.ts"
import { beginConsent, finishConsent } from "#domain/mailboxes/connect-mailbox.ts"
import { readBounceMailbox } from "#integrations/bounces/bounce-mailbox.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeMailer } from "#platform/mailer.ts"
import { closeQueue } from "#platform/queue.ts"
import { readMailboxes } from "../../src/jobs/read-mailboxes.ts"
import { sendQueuedMail } from "../../src/jobs/send-mail.ts"
import { boxInput, forgetMailboxes, makeMailbox, queueOne, stateOf } from "../domain/mailboxes/boxes.ts"
import { makeHouse, type House } from "../domain/sharing/people.ts"
import { client, giveConsent, startConsentServer } from "../support/consent-server.ts"
import { useDatabase } from "../support/database.ts"
import { hasImapServer, startImapServer, type ImapServer } from "../support/imap-server.ts"
import { ownCertificate, startMailServer } from "../support/mail-server.ts"
import { report, wire } from "../support/returned-mail.ts"

useDatabase()
const password = "geheim woord"
let house: House
let imap: ImapServer
let smtp: Awaited<ReturnType<typeof startMailServer>>
let consent: Awaited<ReturnType<typeof startConsentServer>>

beforeAll(async () => {
  consent = await startConsentServer()
  const known = { MAIL_OAUTH_SERVER: consent.url, MAIL_OAUTH_MICROSOFT_ID: client.id, MAIL_OAUTH_MICROSOFT_SECRET: client.secret, MAIL_OAUTH_GOOGLE_ID: client.id, MAIL_OAUTH_GOOGLE_SECRET: client.secret }
  Object.assign(process.env, { OUTGOING_LOOPBACK: "yes", ...known })
  house = await makeHouse()
})
beforeEach(async () => {
  if (hasImapServer) imap = await startImapServer({ certificate: ownCertificate(), introspect: `${consent.url}/introspect` })
  smtp = await startMailServer({ password })
})
afterEach(async () => {
  closeMailer()
  await Promise.all([imap?.stop(), smtp.stop()])
  await forgetMailboxes()
})
afterAll(async () => {
  await consent.stop()
  await closeQueue()
  await closeDatabase()
})

const settings = (changed: Partial<SaveMailboxInput> = {}) => ({ username: "terug", password, readsBounces: true, imapHost: "localhost", imapPort: imap.port, ...changed })
const readNow = async () => {
  await asSystem("operate", (tx) => tx.mailbox.updateMany({ data: { readingAt: null } }))
  await readMailboxes()
}
const sendOne = async () => {
  const mailId = await queueOne(house.employee, house.employee.partyId)
  await asSystem("operate", (tx) => tx.mailbox.updateMany({ data: { nextAt: null } }))
  await sendQueuedMail({ mailId })
  return mailId
}
const reportOf = (mailId: string) => report({ to: "loon@delinde.test", receiver: "noor@bakkerij.test", messageId: `${mailId}@localhost` })
const lineOf = async () => (await viewMailbox(house.office))?.reading
const bounces = () => asSystem("operate", (tx) => tx.mailBounce.count())

describe.skipIf(!hasImapServer)("an own mailbox that is read for what came back", () => {
  test("takes in reports of its own mails once, and reads, marks and deletes nothing else", async () => {
    imap.put(wire("From: oud@elders.test\nTo: loon@delinde.test\nSubject: Stond er al\n\nHallo"))
    await makeMailbox(house.office, smtp.port, settings())
    await readNow()
    const [mailId, other] = [await sendOne(), await sendOne()]
    imap.put(wire("From: iemand@elders.test\nTo: loon@delinde.test\nSubject: Vraag\n\nHallo"))
    imap.put(reportOf(mailId))
    await readNow()
    expect(await stateOf(mailId)).toMatchObject({ state: "failed", failure: "bounced no-such-address" })
    expect(await stateOf(other)).toMatchObject({ state: "sent" })
    expect(imap.left().map(({ isSeen }) => isSeen)).toEqual([false, false, false])
    const kept = await bounces()
    await readNow()
    await asSystem("operate", (tx) => tx.mailbox.updateMany({ data: { imapSeen: null, readingAt: null } }))
    await Promise.all([readMailboxes(), readMailboxes()])
    expect(await bounces()).toBe(kept)
    expect(await lineOf()).toMatchObject({ at: expect.any(Date), trouble: null })
  })

  test("says nothing of a mail that left by another way, or that it does not return", async () => {
    await makeMailbox(house.employer, smtp.port, { password })
    const byEmployer = await sendOne()
    await makeMailbox(house.office, smtp.port, settings())
    await switchMailbox(house.employer, { on: false }, new Date())
    await readNow()
    const before = await bounces()
    imap.put(reportOf(byEmployer))
    imap.put(report({ to: "loon@delinde.test", receiver: "noor@bakkerij.test" }))
    imap.put(report({ to: "loon@delinde.test", receiver: "noor@bakkerij.test", messageId: `${byEmployer}@elders.test` }))
    await readNow()
    expect(await stateOf(byEmployer)).toMatchObject({ state: "sent" })
    expect(await bounces()).toBe(before)
  })

  test("is read once in ten minutes, by one worker, and not at all while it is off", async () => {
    await makeMailbox(house.office, smtp.port, settings())
    await Promise.all([readMailboxes(), readMailboxes()])
    const at = (await lineOf())?.at
    expect(at).toBeInstanceOf(Date)
    await readMailboxes()
    expect((await lineOf())?.at).toEqual(at)
    await switchMailbox(house.office, { on: false }, new Date())
    await readNow()
    expect((await lineOf())?.at).toEqual(at)
  })

  test("that does not let us in says so, is tried again within the hour, and goes on sending", async () => {
    await makeMailbox(house.office, smtp.port, settings())
    smtp.state.password = "ander woord"
    await saveMailbox(house.office, boxInput(smtp.port, settings({ password: "ander woord" })), new Date())
    await readNow()
    expect(await lineOf()).toMatchObject({ at: null, trouble: "wrong-password" })
    expect(await stateOf(await sendOne())).toMatchObject({ state: "sent" })
    const { readingAt } = await asSystem("operate", (tx) => tx.mailbox.findUniqueOrThrow({ where: { partyId: house.office.partyId } }))
    expect((readingAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(50 * 60_000)
    const closed = imap.port
    await imap.stop()
    await readNow()
    expect(await lineOf()).toMatchObject({ port: closed, trouble: "no-connection" })
    imap = await startImapServer()
  })

  test("signs in with the token of its consent, which asks to read as well", async () => {
    smtp.state.token = "nog geen"
    await saveMailbox(house.office, boxInput(smtp.port, settings({ signInBy: "microsoft", password: "" })), new Date())
    const { address } = await beginConsent(house.office, new Date())
    expect(new URL(address).searchParams.get("scope")).toBe("https://outlook.office.com/SMTP.Send offline_access https://outlook.office.com/IMAP.AccessAsUser.All")
    await finishConsent(house.office, await giveConsent(address), new Date())
    await asSystem("operate", (tx) => tx.mailbox.updateMany({ data: { isOn: true } }))
    await readNow()
    expect(await lineOf()).toMatchObject({ at: expect.any(Date), trouble: null })
    consent.state.given.splice(0)
    await readNow()
    expect(await lineOf()).toMatchObject({ trouble: "reconnect" })
  })
})

describe.skipIf(!hasImapServer)("the portal's own mailbox of reports", () => {
  const take = async () => true

  test("is read with a token of Google or Microsoft in place of a password", async () => {
    for (const by of [`terug:${consent.refreshToken()}@localhost:${imap.port}/INBOX?with=google`, `terug@localhost:${imap.port}/INBOX?with=microsoft&tenant=delinde.test`]) {
      imap.put(wire("From: iemand@elders.test\nTo: terug@loondossier.test\n\nHallo"))
      expect(await readBounceMailbox(`imaps://${by}`, take, new Date())).toBe(1)
      expect(await readBounceMailbox(`imaps://${by}`, take, new Date())).toBe(0)
    }
  })

  test("says so when none is given, without naming anybody", async () => {
    for (const by of [`terug:verlopen@localhost:${imap.port}/INBOX?with=google`, `terug@localhost:${imap.port}/INBOX?with=microsoft&tenant=de/linde`]) {
      await expect(readBounceMailbox(`imaps://${by}`, take, new Date())).rejects.toThrow(/^The mailbox of returned mail could not be read: consent-refused$/)
    }
  })
})
