import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { removeMailbox, saveMailbox, switchMailbox, viewMailbox } from "#domain/mailboxes/change-mailbox.ts"
import { sendTestMail } from "#domain/mailboxes/send-test-mail.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeMailer } from "#platform/mailer.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { sendQueuedMail } from "../../../src/jobs/send-mail.ts"
import { useDatabase } from "../../support/database.ts"
import { startMailServer } from "../../support/mail-server.ts"
import { makeHouse, type House } from "../sharing/people.ts"
import { boxInput, forgetMailboxes, laterJobs, makeMailbox, queueOne, stateOf, words } from "./boxes.ts"

useDatabase()
process.env.OUTGOING_LOOPBACK = "yes"

type Server = Awaited<ReturnType<typeof startMailServer>>
let house: House
let portal: Server
let ofOffice: Server
let ofEmployer: Server

beforeAll(async () => {
  portal = await startMailServer({ security: "none", options: { authOptional: true, disabledCommands: ["STARTTLS", "AUTH"] } })
  process.env.SMTP_URL = `smtp://127.0.0.1:${portal.port}`
  house = await makeHouse()
})
beforeEach(async () => {
  portal.taken.length = 0
  ofOffice = await startMailServer()
  ofEmployer = await startMailServer()
})
afterEach(async () => {
  closeMailer()
  await Promise.all([ofOffice.stop(), ofEmployer.stop()])
  await forgetMailboxes()
})
afterAll(async () => {
  await portal.stop()
  await closeQueue()
  await closeDatabase()
})

const queueForEmployee = (token?: string) => queueOne(house.employee, house.employee.partyId, token)
const sendPaced = (mailId: string, turn?: string) => sendQueuedMail(turn ? { mailId, turn } : { mailId })
/** Does the job of a mail whose turn it is, whatever went before it. */
const send = async (mailId: string) => {
  await asSystem("operate", (tx) => tx.mailbox.updateMany({ data: { nextAt: null } }))
  await sendPaced(mailId)
}
const taken = () => [ofEmployer, ofOffice, portal].map((server) => server.taken.filter(({ to }) => to.includes("noor@bakkerij.test")).length)
const change = (viewer: Viewer, data: Record<string, Date | number | boolean | null>) => asSystem("operate", (tx) => tx.mailbox.update({ where: { partyId: viewer.partyId }, data }))
const sendOnePaced = async () => {
  const mailId = await queueForEmployee()
  await sendPaced(mailId)
  return mailId
}
const sendOne = async (token?: string) => {
  const mailId = await queueForEmployee(token)
  await send(mailId)
  return mailId
}

describe("a mail about somebody's files", () => {
  test("goes through the employer's mailbox, else the office's, else by the portal", async () => {
    await sendOne()
    expect(taken()).toEqual([0, 0, 1])
    await makeMailbox(house.office, ofOffice.port)
    await sendOne()
    expect(taken()).toEqual([0, 1, 1])
    await makeMailbox(house.employer, ofEmployer.port, { address: "loon@bakkerij.test", name: "De Korenmaat" })
    await sendOne()
    expect(taken()).toEqual([1, 1, 1])
    expect(ofEmployer.taken.at(-1)).toMatchObject({ from: "loon@bakkerij.test", secure: true })
    await switchMailbox(house.employer, { on: false }, new Date())
    await sendOne()
    expect(taken()).toEqual([1, 2, 1])
  })

  test("goes by the next in line when its mailbox was switched off or removed while it waited", async () => {
    await makeMailbox(house.employer, ofEmployer.port)
    await makeMailbox(house.office, ofOffice.port)
    const [first, second] = [await queueForEmployee(), await queueForEmployee()]
    await switchMailbox(house.employer, { on: false }, new Date())
    await send(first)
    await removeMailbox(house.office, new Date())
    await send(second)
    expect(taken()).toEqual([0, 1, 1])
    await send(second)
    expect(taken()).toEqual([0, 1, 1])
  })

  test("has a copy, unless it tells a secret", async () => {
    await makeMailbox(house.office, ofOffice.port, { copyAs: "bcc", copyTo: "archief@delinde.test" })
    await sendOne()
    await sendOne("geheim")
    expect(ofOffice.taken.slice(1).map(({ to }) => to)).toEqual([["noor@bakkerij.test", "archief@delinde.test"], ["noor@bakkerij.test"]])
  })
})

test("a mail about the account itself always goes by the portal", async () => {
  await makeMailbox(house.office, ofOffice.port)
  await makeMailbox(house.employer, ofEmployer.port)
  await send(await queueOne(house.employee, null))
  expect(taken()).toEqual([0, 0, 1])
})

describe("a mailbox that fails by its own fault", () => {
  beforeEach(async () => {
    await makeMailbox(house.employer, ofEmployer.port)
    await makeMailbox(house.office, ofOffice.port)
    ofEmployer.state.answers = { "sign-in": { status: 535, text: "5.7.8 nee" } }
  })

  test("keeps its mails waiting, shows why, and tries sparingly: no mail goes by another server", async () => {
    const [first, second] = [await queueForEmployee(), await queueForEmployee()]
    await send(first)
    await send(second)
    expect(taken()).toEqual([0, 0, 0])
    expect(await stateOf(first)).toMatchObject({ state: "queued", failure: "wrong-password" })
    expect(await viewMailbox(house.employer)).toMatchObject({ isOn: true, lastFailure: "wrong-password", failingSince: expect.any(Date) })
    expect(ofEmployer.state.signIns).toBe(2)
    expect([(await laterJobs(first)).length, (await laterJobs(second)).length]).toEqual([1, 1])
  })

  test("is tried by one mail when its time has come, and all go once it works", async () => {
    const mails = [await queueForEmployee(), await queueForEmployee(), await queueForEmployee()]
    await send(mails[0] ?? "")
    await change(house.employer, { retryAt: new Date(Date.now() - 1000) })
    await Promise.all(mails.map((mailId) => send(mailId)))
    expect(ofEmployer.state.signIns).toBe(3)
    expect(await asSystem("operate", (tx) => tx.mailbox.findUnique({ where: { partyId: house.employer.partyId }, select: { failures: true } }))).toEqual({ failures: 2 })
    ofEmployer.state.answers = {}
    await change(house.employer, { retryAt: new Date(Date.now() - 1000) })
    for (const mailId of mails) await send(mailId)
    expect(taken()[0]).toBe(3)
    expect(await viewMailbox(house.employer)).toMatchObject({ failingSince: null, lastFailure: "wrong-password" })
  })

  test("works again when the mail that tries it is refused for its receiver alone", async () => {
    const mailId = await sendOne()
    ofEmployer.state.answers = { recipient: { status: 550, text: "5.1.1 user unknown" } }
    await change(house.employer, { retryAt: new Date(Date.now() - 1000) })
    await send(mailId)
    expect(await stateOf(mailId)).toMatchObject({ state: "failed" })
    expect(await viewMailbox(house.employer)).toMatchObject({ failingSince: null })
  })

  test("is made good by another password: what waits goes, and what was on its way is not held against it", async () => {
    const mailId = await sendOne()
    ofEmployer.state.answers = {}
    ofEmployer.state.password = "nieuw"
    await saveMailbox(house.employer, boxInput(ofEmployer.port, { password: "nieuw" }), new Date())
    expect((await sendTestMail(house.employer, words, new Date())).trouble).toBeNull()
    await send(mailId)
    expect(await stateOf(mailId)).toMatchObject({ state: "sent" })
    expect(await viewMailbox(house.employer)).toMatchObject({ failingSince: null })
  })

  test("is told to its owners by the portal after hours, once", async () => {
    await asSystem("operate", (tx) => tx.account.update({ where: { id: house.employer.accountId }, data: { email: "werkgever@bakkerij.test" } }))
    const told = () => asSystem("operate", (tx) => tx.mail.findMany({ where: { kind: "mailbox-failing" }, select: { id: true, toAddress: true, partyId: true } }))
    const mailId = await sendOne()
    expect(await told()).toEqual([])
    for (let count = 0; count < 2; count += 1) {
      await change(house.employer, { failingSince: new Date(Date.now() - 5 * 60 * 60_000), retryAt: new Date(Date.now() - 1000) })
      await send(mailId)
    }
    const mails = await told()
    expect(mails).toMatchObject([{ toAddress: "werkgever@bakkerij.test", partyId: null }])
    await send(mails[0]?.id ?? "")
    expect(portal.taken.map(({ to }) => to)).toEqual([["werkgever@bakkerij.test"]])
  })
})

test("what is about the receiver alone is not held against the mailbox", async () => {
  await makeMailbox(house.office, ofOffice.port)
  ofOffice.state.answers = { recipient: { status: 550, text: "5.1.1 user unknown" } }
  const mailId = await sendOne()
  expect(await stateOf(mailId)).toMatchObject({ state: "failed", failure: "EENVELOPE 550 5.1.1" })
  ofOffice.state.answers = { recipient: { status: 451, text: "4.7.1 greylisted" } }
  await asSystem("operate", (tx) => tx.$executeRaw`update dead_address set revived_at = current_timestamp where revived_at is null`)
  expect(await stateOf(await sendOne())).toMatchObject({ state: "queued", failure: "EENVELOPE 451 4.7.1" })
  expect(await viewMailbox(house.office)).toMatchObject({ failingSince: null, lastFailure: null })
})

describe("the pace", () => {
  test("lets no more through than there is room for, of two workers too, and the others have a turn of their own", async () => {
    await makeMailbox(house.office, ofOffice.port, { perMinute: 10 })
    const mails: string[] = []
    for (let count = 0; count < 5; count += 1) mails.push(await queueForEmployee())
    await Promise.all(mails.map((mailId) => sendPaced(mailId)))
    expect(taken()).toEqual([0, 1, 0])
    const waiting = (await Promise.all(mails.map(laterJobs))).flat().toSorted((one, other) => one.at.getTime() - other.at.getTime())
    expect(waiting).toHaveLength(4)
    const gaps = waiting.slice(1).map(({ at }, index) => at.getTime() - (waiting[index]?.at.getTime() ?? 0))
    expect(gaps.every((gap) => Math.abs(gap - 6000) < 5)).toBe(true)
    const states = await Promise.all(mails.map(stateOf))
    const held = mails.filter((_mail, index) => states[index]?.state === "queued")
    await Promise.all(held.map((mailId) => sendPaced(mailId, waiting[0]?.turn ?? "")))
    expect(taken()).toEqual([0, 5, 0])
  })

  test("of a mailbox that changed begins anew", async () => {
    await makeMailbox(house.office, ofOffice.port, { perMinute: 1 })
    await sendOnePaced()
    const mailId = await sendOnePaced()
    const [{ turn } = { turn: null }] = await laterJobs(mailId)
    await saveMailbox(house.office, boxInput(ofOffice.port, { perMinute: 2, password: "" }), new Date())
    await sendOnePaced()
    await sendPaced(mailId, turn ?? "")
    expect(taken()).toEqual([0, 2, 0])
  })

  test("of a day that is full has the rest look again within the hour", async () => {
    await makeMailbox(house.office, ofOffice.port, { perDay: 2 })
    for (let count = 0; count < 2; count += 1) {
      await sendOnePaced()
      await change(house.office, { nextAt: null })
    }
    const mailId = await sendOnePaced()
    expect(taken()).toEqual([0, 2, 0])
    expect(await laterJobs(mailId)).toMatchObject([{ turn: null }])
    await change(house.office, { dayAt: new Date(Date.now() - 25 * 60 * 60_000) })
    await sendPaced(mailId)
    expect(taken()).toEqual([0, 3, 0])
  })
})
