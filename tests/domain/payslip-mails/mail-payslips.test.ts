import { simpleParser } from "mailparser"
import { SMTPServer } from "smtp-server"
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { tellOfRecall } from "#domain/accounts/tell-of-recall.ts"
import { replaceFile } from "#domain/files/replace-file.ts"
import { withdrawFile } from "#domain/files/withdraw-file.ts"
import { viewFile } from "#domain/files/view-file.ts"
import { viewRecall, viewWithdrawal } from "#domain/files/view-recall.ts"
import { choosePayslipPassword, refusePayslipMails } from "#domain/payslip-mails/own-mails.ts"
import { allowPayslipMails, switchPayslipMailsOn } from "#domain/payslip-mails/switch-mails.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { env } from "#platform/env.ts"
import { closeMailer } from "#platform/mailer.ts"
import { closeQueue } from "#platform/queue.ts"
import { sendQueuedMail } from "../../../src/jobs/send-mail.ts"
import { useDatabase } from "../../support/database.ts"
import { onePage } from "../../support/one-page.ts"
import { eventsOf, payslipsOf, sendPayslips } from "../recall/people.ts"
import { makeHouse, type House } from "../sharing/people.ts"

useDatabase()
const received: { to: string[]; raw: Buffer }[] = []
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onData(stream, session, done) {
    const pieces: Buffer[] = []
    stream.on("data", (piece: Buffer) => pieces.push(piece))
    stream.on("end", () => {
      received.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw: Buffer.concat(pieces) })
      done()
    })
  },
})
let house: House
const own = "vier rode appels!"
const address = "noor@thuis.test"

beforeAll(async () => {
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, "127.0.0.1", () => {
      const at = listening.address()
      resolve(typeof at === "object" && at ? at.port : 0)
    })
  })
  Object.assign(env(), { SMTP_URL: `smtp://127.0.0.1:${port}` })
  house = await makeHouse()
  await asSystem("operate", (tx) => tx.employee.update({ where: { id: house.employee.partyId }, data: { contactEmail: address } }))
  await allowPayslipMails(house.office, { employerId: house.employer.partyId, allow: true, isSure: true }, new Date())
  await switchPayslipMailsOn(house.office, { employeeId: house.employee.partyId }, new Date())
  await choosePayslipPassword(house.employee, { password: own }, new Date())
}, 120_000)
beforeEach(() => received.splice(0))
afterAll(async () => {
  closeMailer()
  await closeQueue()
  await closeDatabase()
  await new Promise<void>((resolve) => server.close(() => resolve()))
})

/** Sends a month, and returns the mails with payslips that were queued by it and the newest payslip. */
async function sendMonth() {
  const before = new Date()
  await sendPayslips(house, before)
  const mails = await asSystem("operate", (tx) => tx.mail.findMany({ where: { kind: "payslip-by-mail", queuedAt: { gte: before } }, select: { id: true, accountId: true, toAddress: true, partyId: true, deliveryId: true, sealed: true } }))
  const [payslip] = await payslipsOf(house.employee)
  return { mails, fileId: payslip?.id ?? "" }
}
const stateOf = (id: string) => asSystem("operate", (tx) => tx.mail.findUniqueOrThrow({ where: { id }, select: { state: true, failure: true } }))

test("who has it switched on gets the own payslip as a locked file at the address in payroll; the password is nowhere in the mail; it is recorded", async () => {
  const { mails, fileId } = await sendMonth()
  expect(mails).toEqual([{ id: expect.any(String), accountId: house.employee.accountId, toAddress: address, partyId: house.employee.partyId, deliveryId: fileId, sealed: null }])
  await sendQueuedMail({ mailId: mails[0]?.id ?? "" })
  await sendQueuedMail({ mailId: mails[0]?.id ?? "" })
  expect(received.map(({ to }) => to)).toEqual([[address]])
  const raw = received[0]?.raw ?? Buffer.alloc(0)
  const mail = await simpleParser(raw)
  const [file, ...others] = mail.attachments
  expect([others, file?.filename, file?.contentType]).toEqual([[], "document.pdf", "application/pdf"])
  const parts = [raw.toString(), mail.text ?? "", String(mail.html), (file?.content ?? Buffer.alloc(0)).toString("latin1")].join("\n")
  expect([own, "Bakker", "Korenmaat", "99990"].filter((word) => parts.includes(word))).toEqual([])
  expect(mail.subject).toBe("Er staat iets nieuws voor u klaar")
  const document = await getDocument({ data: new Uint8Array(file?.content ?? []), password: own, verbosity: 0 }).promise
  expect(document.numPages).toBe(1)
  await expect(getDocument({ data: new Uint8Array(file?.content ?? []), verbosity: 0 }).promise).rejects.toMatchObject({ name: "PasswordException" })
  expect(await stateOf(mails[0]?.id ?? "")).toMatchObject({ state: "sent" })
  expect(await eventsOf(fileId, "file.mailed")).toBe(1)
  expect((await viewFile(house.office, { fileId })).mailedAt).toBeInstanceOf(Date)
  expect((await viewRecall(house.office, { fileId })).mailedAt).toBeInstanceOf(Date)
  expect((await payslipsOf(house.colleague)).length).toBe(1)
})

test("what was withdrawn, refused or no longer allowed between queueing and sending does not go; the mail says why", async () => {
  const one = await sendMonth()
  await withdrawFile(house.office, { fileId: one.fileId, reason: "other" }, new Date())
  await sendQueuedMail({ mailId: one.mails[0]?.id ?? "" })
  const sent = await sendMonth()
  await sendQueuedMail({ mailId: sent.mails[0]?.id ?? "" })
  await withdrawFile(house.office, { fileId: sent.fileId, reason: "other" }, new Date())
  expect((await viewWithdrawal(house.office, { fileId: one.fileId })).mailedAt).toBeNull()
  expect((await viewWithdrawal(house.office, { fileId: sent.fileId })).mailedAt).toBeInstanceOf(Date)
  received.splice(0)
  const two = await sendMonth()
  await refusePayslipMails(house.employee, { refuse: true }, new Date())
  await sendQueuedMail({ mailId: two.mails[0]?.id ?? "" })
  await refusePayslipMails(house.employee, { refuse: false }, new Date())
  const three = await sendMonth()
  await allowPayslipMails(house.office, { employerId: house.employer.partyId, allow: false, isSure: false }, new Date())
  await sendQueuedMail({ mailId: three.mails[0]?.id ?? "" })
  expect(received).toEqual([])
  for (const { mails } of [one, two, three]) expect(await stateOf(mails[0]?.id ?? "")).toEqual({ state: "failed", failure: "not-wanted" })
  expect(await eventsOf(three.fileId, "file.mailed")).toBe(0)
  expect((await sendMonth()).mails).toEqual([])
  await allowPayslipMails(house.office, { employerId: house.employer.partyId, allow: true, isSure: true }, new Date())
}, 60_000)

test("a mail that names somebody else's payslip sends nothing", async () => {
  const { mails } = await sendMonth()
  const [theirs] = await payslipsOf(house.colleague)
  await asSystem("operate", (tx) => tx.mail.update({ where: { id: mails[0]?.id ?? "" }, data: { deliveryId: theirs?.id ?? "" } }))
  await sendQueuedMail({ mailId: mails[0]?.id ?? "" })
  expect(received).toEqual([])
  expect(await stateOf(mails[0]?.id ?? "")).toMatchObject({ state: "failed", failure: "not-wanted" })
})

test("one that replaces another by hand goes the same way, once; what it replaced goes no more", async () => {
  const { mails, fileId } = await sendMonth()
  const { fileId: next } = await replaceFile(house.office, { fileId, stream: new Blob([Buffer.from(await onePage("nieuw"))]).stream() }, new Date())
  await Promise.all([1, 2].map(() => tellOfRecall({ fileId: next, what: "file-replaced" }, new Date())))
  await sendQueuedMail({ mailId: mails[0]?.id ?? "" })
  expect([received, await stateOf(mails[0]?.id ?? "")]).toEqual([[], { state: "failed", failure: "not-wanted" }])
  const replaced = await asSystem("operate", (tx) => tx.mail.findMany({ where: { kind: "payslip-by-mail", deliveryId: next }, select: { id: true, toAddress: true } }))
  expect(replaced).toEqual([{ id: expect.any(String), toAddress: address }])
  await sendQueuedMail({ mailId: replaced[0]?.id ?? "" })
  await sendQueuedMail({ mailId: replaced[0]?.id ?? "" })
  expect(received.map(({ to }) => to)).toEqual([[address]])
  expect(await eventsOf(next, "file.mailed")).toBe(1)
})

test("a payslip is not read or locked while it is not the turn of its mail", async () => {
  const { mails } = await sendMonth()
  const mailbox = { address: "loon@delinde.test", name: "De Linde", host: "localhost", port: 1, security: "tls", username: "x", signInBy: "password", perMinute: 1, perDay: 1, isOn: true, retryAt: new Date(Date.now() + 60_000) }
  await asSystem("operate", (tx) => tx.mailbox.create({ data: { partyId: house.office.partyId, ...mailbox } }))
  await asSystem("operate", (tx) => tx.dossierFile.updateMany({ where: { id: mails[0]?.deliveryId ?? "" }, data: { storageKey: "nergens" } }))
  await sendQueuedMail({ mailId: mails[0]?.id ?? "" })
  expect(await stateOf(mails[0]?.id ?? "")).toEqual({ state: "queued", failure: null })
  await asSystem("operate", (tx) => tx.mailbox.deleteMany())
})
