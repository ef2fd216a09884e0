import { SMTPServer } from "smtp-server"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { closeMailer, MailFailed, sendMail } from "#platform/mailer.ts"
import type { OutgoingMail } from "#platform/mailer.ts"
import { startInbox } from "../../scripts/inbox/inbox.ts"
import type { Inbox } from "../../scripts/inbox/inbox.ts"
import { MailFolder } from "../../scripts/inbox/mails.ts"

const mail = { messageId: "0198c0de-1@loondossier.test", to: { name: "Noor Bakker", address: "noor@bakkerij.test" }, subject: "Er staat iets klaar", text: "Dag" }

let folder = ""
let inbox: Inbox

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "loondossier-mailer-"))
  inbox = await startInbox({ folder, host: "127.0.0.1", web: 38_125, smtp: 31_125 })
  Object.assign(process.env, {
    DATABASE_URL: "postgres://owner@localhost/none",
    MASTER_KEY: Buffer.alloc(32, 1).toString("base64"),
    SMTP_URL: `smtp://127.0.0.1:${inbox.smtp}`,
  })
})
beforeEach(() => new MailFolder(folder).clear())
afterAll(async () => {
  closeMailer()
  await inbox.stop()
  await rm(folder, { recursive: true, force: true })
})

const received = () => new MailFolder(folder).list()

test("a mail arrives once, at one receiver, under its own message id", async () => {
  const { response } = await sendMail({ ...mail, html: "<p>Dag</p>", headers: { "X-Mail": "uitnodiging" } })
  expect(response).toMatch(/^250/)
  const [one, ...others] = await received()
  expect(others).toEqual([])
  expect(one).toMatchObject({ messageId: `<${mail.messageId}>`, recipients: [mail.to.address], subject: mail.subject, from: '"Mijn LoonDossier" <portaal@loondossier.test>' })
  expect(one?.to).toBe('"Noor Bakker" <noor@bakkerij.test>')
  expect(one?.text.trim()).toBe("Dag")
  expect(one?.headers["x-mail"]).toBe("uitnodiging")
})

test("the same mail twice can be seen to be twice", async () => {
  await sendMail(mail)
  await sendMail(mail)
  expect((await received()).map((one) => one.messageId)).toEqual([`<${mail.messageId}>`, `<${mail.messageId}>`])
})

test.each([
  "noor@bakkerij.test\r\nBcc: ander@elders.test",
  "noor@bakkerij.test, ander@elders.test",
  "noor@bakkerij.test;ander@elders.test",
  "groep: noor@bakkerij.test;",
  "Noor <noor@bakkerij.test>",
  '"noor@bakkerij.test "@elders.test',
  "noor@bakkerij.test>",
  "noor＠bakkerij.test",
  "noor@bakkerij.test\0",
  "noor @bakkerij.test",
  "noor@bakkerij.test(ander@elders.test)",
  "@elders.test:noor@bakkerij.test",
  "",
  "noor",
])("%j is refused as an address, and nothing is sent", async (address) => {
  const refusal = await failureOf({ ...mail, to: { address } })
  expect(refusal).toMatchObject({ permanent: true, code: "address-unusable" })
  expect(await received()).toEqual([])
})

test("a name or subject cannot start a header", async () => {
  await sendMail({ ...mail, to: { name: "Noor\r\nBcc: ander@elders.test", address: mail.to.address }, subject: "Dag\r\nBcc: ander@elders.test\r\n\r\nHallo" })
  const [one] = await received()
  expect(one?.recipients).toEqual([mail.to.address])
  expect(Object.keys(one?.headers ?? {})).not.toContain("bcc")
})

test.each<Record<string, string>>([{ Bcc: "ander@elders.test" }, { To: "ander@elders.test" }, { "X-A": "b\r\nBcc: ander@elders.test" }, { "X-A\r\nBcc": "ander@elders.test" }])(
  "the header %j is refused",
  async (headers) => {
    expect(await failureOf({ ...mail, headers })).toMatchObject({ permanent: true, code: "header-unusable" })
  },
)

test("a text that names a file or address is sent as the text it is", async () => {
  await sendMail({ ...mail, text: "file:///etc/passwd", html: "<p>http://127.0.0.1:1/</p>" })
  expect((await received())[0]?.text.trim()).toBe("file:///etc/passwd")
})

test.each([
  { answer: 550, permanent: true },
  { answer: 451, permanent: false },
])("a receiver refused with $answer is permanent: $permanent, and the error does not say whom", async ({ answer, permanent }) => {
  const strict = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo: ({ address }, _session, done) => done(Object.assign(new Error(`no ${address} here`), { responseCode: answer })),
  })
  const port = await listening(strict)
  const refusal = await throughOtherServer(port, mail)
  expect(refusal).toMatchObject({ permanent, code: `EENVELOPE ${answer}` })
  expect(JSON.stringify([refusal.message, refusal.stack, refusal.cause])).not.toContain("noor")
  await new Promise<void>((done) => strict.close(() => done()))
})

test("a server that is not there is worth another try", async () => {
  expect(await throughOtherServer(9, mail)).toMatchObject({ permanent: false, code: "ESOCKET" })
})

async function throughOtherServer(port: number, outgoing: OutgoingMail): Promise<MailFailed> {
  closeMailer()
  const { env } = await import("#platform/env.ts")
  const known = env()
  const before = known.SMTP_URL
  known.SMTP_URL = `smtp://127.0.0.1:${port}`
  return failureOf(outgoing).finally(() => {
    known.SMTP_URL = before
    closeMailer()
  })
}

async function failureOf(outgoing: OutgoingMail): Promise<MailFailed> {
  const error: unknown = await sendMail(outgoing).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof MailFailed) return error
  throw new Error("The mail was accepted")
}

function listening(server: SMTPServer): Promise<number> {
  return new Promise((resolve) => {
    const { server: socket } = server
    server.on("error", () => undefined)
    server.listen(0, "127.0.0.1", () => {
      const address = socket.address()
      resolve(typeof address === "object" && address ? address.port : 0)
    })
  })
}
