import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest"
import { saveMailbox } from "#domain/mailboxes/change-mailbox.ts"
import { queueMails, type MailToQueue } from "#domain/mails/queue-mails.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeMailer } from "#platform/mailer.ts"
import { closeQueue } from "#platform/queue.ts"
import { sendQueuedMail } from "../../../src/jobs/send-mail.ts"
import { useDatabase } from "../../support/database.ts"
import { startMailServer } from "../../support/mail-server.ts"
import { boxInput, makeMailbox } from "../mailboxes/boxes.ts"
import { makeHouse, type House } from "../sharing/people.ts"

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
  await asSystem("operate", (tx) => tx.mailbox.deleteMany())
})
afterAll(async () => {
  await portal.stop()
  await closeQueue()
  await closeDatabase()
})

async function send(mail: Omit<MailToQueue, "toAddress">): Promise<void> {
  const { id } = await asSystem("operate", async (tx) => {
    await queueMails(tx, [{ ...mail, toAddress: "ontvanger@elders.test" }], new Date())
    return tx.mail.findFirstOrThrow({ orderBy: { id: "desc" }, select: { id: true } })
  })
  await asSystem("operate", (tx) => tx.mailbox.updateMany({ data: { nextAt: null } }))
  await sendQueuedMail({ mailId: id })
}
const of = ({ taken }: Server) => taken.filter(({ to }) => to.includes("ontvanger@elders.test"))

test("what an office is mailed about a client goes through no server of that client", async () => {
  await makeMailbox(house.employer, ofEmployer.port)
  await send({ kind: "approval", accountId: house.office.accountId, partyId: house.employer.partyId, token: "refused" })
  expect([ofEmployer, ofOffice, portal].map((server) => of(server).length)).toEqual([0, 0, 1])
  await makeMailbox(house.office, ofOffice.port)
  await send({ kind: "approval", accountId: house.office.accountId, partyId: house.employer.partyId, token: "refused" })
  expect([ofEmployer, ofOffice, portal].map((server) => of(server).length)).toEqual([0, 1, 1])
})

test("who has a copy of a mail cannot switch the mails of its receiver off", async () => {
  await makeMailbox(house.office, ofOffice.port)
  await send({ kind: "new-files", accountId: house.employee.accountId, partyId: house.employee.partyId })
  await saveMailbox(house.office, boxInput(ofOffice.port, { copyAs: "bcc", copyTo: "archief@delinde.test" }), new Date())
  await send({ kind: "new-files", accountId: house.employee.accountId, partyId: house.employee.partyId })
  const [alone, copied] = of(ofOffice)
  expect([alone?.to.length, alone?.raw.includes("List-Unsubscribe")]).toEqual([1, true])
  expect([copied?.to.length, copied?.raw.includes("mails-uit")]).toEqual([2, false])
})

test.each(["directie@bank.test", "Noor <noor@elders.test>", "Kantoor\u202etest", "Kan\u200btoor", "Kantoor\r\nBcc: x", "  ", "directie＠bank.test", "K".repeat(101)])("the name of a sender is no other address, and holds nothing unseen: %j", async (name) => {
  await expect(saveMailbox(house.office, boxInput(465, { name }), new Date())).rejects.toMatchObject({ code: "mailbox-name", details: { field: "name" } })
})

test("a name with points and marks in it stays", async () => {
  await saveMailbox(house.office, boxInput(ofOffice.port, { name: "Bakker & Zn. B.V. (loon) é" }), new Date())
  expect(await asSystem("operate", (tx) => tx.mailbox.findFirst({ select: { name: true } }))).toEqual({ name: "Bakker & Zn. B.V. (loon) é" })
})
