import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { saveMailbox, switchMailbox, viewMailbox } from "#domain/mailboxes/change-mailbox.ts"
import { sendTestMail } from "#domain/mailboxes/send-test-mail.ts"
import { sendWaiting } from "#domain/mailboxes/send-waiting.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeMailer } from "#platform/mailer.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { sendQueuedMail } from "../../../src/jobs/send-mail.ts"
import { useDatabase } from "../../support/database.ts"
import { makeSelfRunning } from "../../support/house.ts"
import { startMailServer } from "../../support/mail-server.ts"
import { makeHouse, type House } from "../sharing/people.ts"
import { boxInput, codeOf, forgetMailboxes, laterJobs, makeMailbox, queueOne, stateOf, words } from "./boxes.ts"

useDatabase()
process.env.OUTGOING_LOOPBACK = "yes"

let house: House
let server: Awaited<ReturnType<typeof startMailServer>>
beforeAll(async () => {
  house = await makeHouse()
})
beforeEach(async () => {
  server = await startMailServer()
})
afterEach(async () => {
  closeMailer()
  await server.stop()
  await forgetMailboxes()
})
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const queueForEmployee = () => queueOne(house.employee, house.employee.partyId)
const stillLater = async (mailId: string) => (await laterJobs(mailId)).filter(({ at }) => at.getTime() > Date.now())
const sentTo = () => server.taken.filter(({ to }) => to.includes("noor@bakkerij.test")).length
const freePlace = () => asSystem("operate", (tx) => tx.mailbox.updateMany({ data: { nextAt: null } }))
/** A mail that waits, because its mailbox fails. */
const waitingOne = async () => {
  closeMailer()
  server.state.answers = { "sign-in": { status: 535, text: "5.7.8 nee" } }
  const mailId = await queueForEmployee()
  await freePlace()
  await sendQueuedMail({ mailId })
  expect(await stateOf(mailId)).toMatchObject({ state: "queued", failure: "wrong-password" })
  return mailId
}

describe("what waits for a mailbox", () => {
  test("is tried at once with 'Verzend nu', twice too, and goes when it works; by owners alone", async () => {
    await makeMailbox(house.office, server.port)
    const mailId = await waitingOne()
    expect(await laterJobs(mailId)).toHaveLength(1)
    const reader: Viewer = { ...house.office, rank: "reader" }
    expect(await Promise.all([reader, house.employee, house.employer, await makeSelfRunning("999990056L01")].map((viewer) => codeOf(sendWaiting(viewer))))).toEqual(["owners-only", "owners-only", "not-found", "not-found"])
    expect(await laterJobs(mailId)).toHaveLength(1)
    await Promise.all([sendWaiting(house.office), sendWaiting(house.office)])
    expect(await stillLater(mailId)).toEqual([])
    server.state.answers = {}
    await sendQueuedMail({ mailId })
    expect(sentTo()).toBe(1)
    expect(await viewMailbox(house.office)).toMatchObject({ failingSince: null })
    await switchMailbox(house.office, { on: false }, new Date())
    expect(await codeOf(sendWaiting(house.office))).toBe("mailbox-off")
  })

  test("goes at once after a test mail that arrived, of an office's clients too; what has a turn keeps it, and what is another's waits", async () => {
    await makeMailbox(house.office, server.port, { perMinute: 1 })
    const other = await queueOne(house.employer, null)
    await asSystem("operate", (tx) => tx.$executeRaw`update pgboss.job set start_after = now() + interval '1 hour' where data->>'mailId' = ${other}`)
    await freePlace()
    const [first, paced] = [await queueForEmployee(), await queueForEmployee()]
    await sendQueuedMail({ mailId: first })
    await sendQueuedMail({ mailId: paced })
    const [turn] = await laterJobs(paced)
    const mailId = await waitingOne()
    server.state.answers = {}
    expect((await sendTestMail(house.office, words, new Date())).trouble).toBeNull()
    expect([await stillLater(mailId), await laterJobs(paced), (await stillLater(other)).length]).toEqual([[], [turn], 1])
  })
})

test("a mail to which the server said 'later' has a new place in the pace each time, ever later, and not without end", async () => {
  await makeMailbox(house.office, server.port, { perMinute: 1 })
  const later = { recipient: { status: 451, text: "4.7.1 greylisted" } }
  server.state.answers = later
  const mailId = await queueForEmployee()
  await sendQueuedMail({ mailId })
  const [again, ...others] = await laterJobs(mailId)
  expect([again?.turn, others]).toEqual([null, []])
  server.state.answers = {}
  await sendQueuedMail({ mailId, tries: 1 })
  expect(sentTo()).toBe(0)
  const [, place] = await laterJobs(mailId)
  expect(place?.turn).toEqual(expect.any(String))
  await sendQueuedMail({ mailId, turn: place?.turn ?? "", tries: 1 })
  expect(sentTo()).toBe(1)
  server.state.answers = later
  await freePlace()
  const last = await queueForEmployee()
  await sendQueuedMail({ mailId: last, tries: 20 })
  expect(await stateOf(last)).toMatchObject({ state: "failed", failure: "given-up" })
})

test("of test mails that are asked at the same moment no more go out than one after another", async () => {
  await saveMailbox(house.office, boxInput(server.port), new Date())
  const now = new Date()
  const codes = await Promise.all(Array.from({ length: 10 }, () => codeOf(sendTestMail(house.office, words, now))))
  expect(codes.filter((code) => code === "done")).toHaveLength(6)
  expect(new Set(codes)).toEqual(new Set(["done", "test-mail-often"]))
  expect(server.taken).toHaveLength(6)
})
