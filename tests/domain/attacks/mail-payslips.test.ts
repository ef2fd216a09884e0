import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest"
import { choosePayslipPassword } from "#domain/payslip-mails/own-mails.ts"
import { allowPayslipMails, switchPayslipMailsOn } from "#domain/payslip-mails/switch-mails.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeMailer } from "#platform/mailer.ts"
import { closeQueue } from "#platform/queue.ts"
import { sendQueuedMail } from "../../../src/jobs/send-mail.ts"
import { useDatabase } from "../../support/database.ts"
import { startMailServer } from "../../support/mail-server.ts"
import { forgetMailboxes, makeMailbox } from "../mailboxes/boxes.ts"
import { sendPayslips } from "../recall/people.ts"
import { makeHouse, type House } from "../sharing/people.ts"

useDatabase()
process.env.OUTGOING_LOOPBACK = "yes"

let house: House
let ofOffice: Awaited<ReturnType<typeof startMailServer>>
const address = "noor@thuis.test"
const move = (contactEmail: string) => asSystem("operate", (tx) => tx.employee.update({ where: { id: house.employee.partyId }, data: { contactEmail } }))
beforeAll(async () => {
  house = await makeHouse()
  await move(address)
  await allowPayslipMails(house.office, { employerId: house.employer.partyId, allow: true, isSure: true }, new Date())
  await switchPayslipMailsOn(house.office, { employeeId: house.employee.partyId }, new Date())
  await choosePayslipPassword(house.employee, { password: "vier rode appels!" }, new Date())
}, 120_000)
beforeEach(async () => {
  await move(address)
  ofOffice = await startMailServer()
  await makeMailbox(house.office, ofOffice.port, { copyAs: "bcc", copyTo: "archief@delinde.test" })
})
afterEach(async () => {
  closeMailer()
  await ofOffice.stop()
  await forgetMailboxes()
})
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

/** The mail with a payslip that a month leaves. */
async function queued(): Promise<string> {
  const before = new Date()
  await sendPayslips(house, before)
  const mail = await asSystem("operate", (tx) => tx.mail.findFirstOrThrow({ where: { kind: "payslip-by-mail", queuedAt: { gte: before } }, select: { id: true } }))
  await asSystem("operate", (tx) => tx.mailbox.updateMany({ data: { nextAt: null } }))
  return mail.id
}
const mails = () => ofOffice.taken.filter(({ raw }) => raw.includes("application/pdf")).map(({ to }) => to)

test("nobody has a copy of a mail with a payslip in it", async () => {
  await sendQueuedMail({ mailId: await queued() })
  expect(mails()).toEqual([[address]])
})

test("a payslip that waits does not go to an address that was put right meanwhile", async () => {
  const mailId = await queued()
  await move("noor@nieuw.test")
  await sendQueuedMail({ mailId })
  expect(mails()).toEqual([])
  expect(await asSystem("operate", (tx) => tx.mail.findUniqueOrThrow({ where: { id: mailId }, select: { state: true, failure: true } }))).toEqual({ state: "failed", failure: "not-wanted" })
})
