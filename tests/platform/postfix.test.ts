import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { closeMailer, MailFailed, sendMail, tryServer } from "#platform/mailer.ts"
import type { MailServer } from "#platform/mail-server.ts"
import { explainAnswer } from "#policy/smtp-answers.ts"
import { makeCertificate, trust } from "../support/certificate.ts"
import { hasPostfix, startPostfix } from "../support/postfix.ts"

const password = "goed wachtwoord"
const mail = { messageId: "0198c0de-1@loondossier.test", to: { address: "noor@bakkerij.test" }, subject: "Er staat iets klaar", text: "Dag" }
let postfix: Awaited<ReturnType<typeof startPostfix>>
let editions = 0

function through(security: "tls" | "starttls", changed: Partial<MailServer> = {}): MailServer {
  const from = { name: "Kantoor De Linde", address: "loon@delinde.test" }
  return { id: "kantoor", edition: `${++editions}`, host: "localhost", port: postfix.ports[security], security, user: "loon", secret: { password }, from, copy: null, ...changed }
}

async function troubleOf(server: MailServer, changed: Partial<typeof mail> = {}): Promise<string> {
  const error: unknown = await sendMail({ ...mail, ...changed }, server).then(() => null, (reason: unknown) => reason)
  if (error instanceof MailFailed) return explainAnswer(error.answer(), { byToken: false })
  return error === null ? "sent" : "unexpected"
}

describe.skipIf(!hasPostfix)("with Postfix and Dovecot (left out on a machine without, and for who is not root)", () => {
  beforeAll(async () => {
    Object.assign(process.env, { DATABASE_URL: "postgres://owner@localhost/none", MASTER_KEY: Buffer.alloc(32, 1).toString("base64"), SMTP_URL: "smtp://127.0.0.1:9", OUTGOING_LOOPBACK: "yes" })
    const certificate = makeCertificate("localhost")
    trust(certificate)
    postfix = await startPostfix(certificate, password)
  }, 60_000)
  afterAll(async () => {
    closeMailer()
    await postfix?.stop()
  })

  test.each(["tls", "starttls"] as const)("a mail is taken by %s and arrives", async (security) => {
    const before = postfix.delivered().length
    expect(await troubleOf(through(security))).toBe("sent")
    await expect.poll(() => postfix.delivered().length).toBe(before + 1)
    expect(postfix.delivered().at(-1)).toContain("From: Kantoor De Linde <loon@delinde.test>")
  })

  test.each(["tls", "starttls"] as const)("a trial goes all the way by %s", async (security) => {
    const { steps, failed } = await tryServer(mail, through(security))
    expect(failed).toBeNull()
    expect(steps.map(({ step }) => step)).toEqual(["connected", "secured", "signed-in", "sender", "recipient", "delivered"])
    expect(steps.map(({ detail }) => detail)).toEqual([null, "TLS 1.3", null, null, null, expect.stringMatching(/^250 2\.0\.0 Ok: queued as /)])
  })

  test("what it refuses is explained", async () => {
    expect(await troubleOf(through("tls", { secret: { password: "fout" } }))).toBe("wrong-password")
    expect(await troubleOf(through("tls", { user: "ander" }))).toBe("wrong-password")
    expect(await troubleOf(through("starttls", { from: { name: "", address: "ander@delinde.test" } }))).toBe("sender-refused")
    expect(await troubleOf(through("tls"), { to: { address: "iemand@elders.test" } })).toBe("relay-denied")
    expect(await troubleOf(through("tls"), { to: { address: "niemand@bakkerij.test" } })).toBe("recipient-unknown")
    expect(await troubleOf(through("tls"), { text: "te groot ".repeat(10_000) })).toBe("too-large")
    expect(await troubleOf(through("starttls", { security: "tls" }))).toBe("wrong-security")
  })
})
