import dns from "node:dns/promises"
import { syncBuiltinESMExports } from "node:module"
import { isIP } from "node:net"
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest"
import { explainAnswer, type SmtpTrouble } from "#policy/smtp-answers.ts"
import { closeMailer, MailFailed, sendMail, tryServer } from "#platform/mailer.ts"
import type { MailServer } from "#platform/mail-server.ts"
import { makeCertificate, trust } from "../support/certificate.ts"
import { startMailServer, type MailServerOptions } from "../support/mail-server.ts"

const mail = { messageId: "0198c0de-1@loondossier.test", to: { address: "noor@bakkerij.test" }, subject: "Er staat iets klaar", text: "Dag" }
const password = "goed wachtwoord"

const running: Awaited<ReturnType<typeof startMailServer>>[] = []
async function start(options: MailServerOptions = {}) {
  const server = await startMailServer(options)
  running.push(server)
  return server
}

beforeAll(() => {
  Object.assign(process.env, { DATABASE_URL: "postgres://owner@localhost/none", MASTER_KEY: Buffer.alloc(32, 1).toString("base64"), SMTP_URL: "smtp://127.0.0.1:9", OUTGOING_LOOPBACK: "yes" })
})
afterEach(async () => {
  closeMailer()
  await Promise.all(running.splice(0).map((server) => server.stop()))
})
afterAll(closeMailer)

let editions = 0
function through(port: number, changed: Partial<MailServer> = {}): MailServer {
  const from = { name: "Kantoor De Linde", address: "loon@delinde.test" }
  return { id: "kantoor", edition: `${++editions}`, host: "localhost", port, security: "tls", user: "loon@delinde.test", secret: { password }, from, copy: null, ...changed }
}

async function troubleOf(server: MailServer): Promise<SmtpTrouble | "sent"> {
  const error: unknown = await sendMail(mail, server).then(() => null, (reason: unknown) => reason)
  if (error === null) return "sent"
  if (error instanceof MailFailed) return explainAnswer(error.answer(), { byToken: "token" in server.secret })
  throw error
}

test.each(["tls", "starttls"] as const)("a mail goes through a server of one's own by %s, from its own sender", async (security) => {
  const server = await start({ security })
  await sendMail(mail, through(server.port, { security }))
  expect(server.taken).toMatchObject([{ from: "loon@delinde.test", to: [mail.to.address], user: "loon@delinde.test", secure: true }])
  expect(server.taken[0]?.raw).toContain("From: Kantoor De Linde <loon@delinde.test>")
})

test("a copy is seen or not", async () => {
  const server = await start()
  await sendMail(mail, through(server.port, { copy: { as: "cc", to: "archief@delinde.test" } }))
  await sendMail(mail, through(server.port, { copy: { as: "bcc", to: "archief@delinde.test" } }))
  expect(server.taken.map(({ to }) => to)).toEqual([[mail.to.address, "archief@delinde.test"], [mail.to.address, "archief@delinde.test"]])
  expect(server.taken.map(({ raw }) => /archief@delinde/.test(raw))).toEqual([true, false])
})

test("who takes the copy but not the receiver took nothing", async () => {
  const server = await start({ options: { onRcptTo: ({ address }, _session, done) => done(address === mail.to.address ? Object.assign(new Error("5.1.1 user unknown"), { responseCode: 550 }) : null) } })
  await expect(sendMail(mail, through(server.port, { copy: { as: "bcc", to: "archief@delinde.test" } }))).rejects.toMatchObject({ permanent: true, code: "EENVELOPE 550 5.1.1" })
})

test("a sender's name cannot start a header", async () => {
  const server = await start()
  await sendMail(mail, through(server.port, { from: { name: "Kantoor\r\nBcc: ander@elders.test\r\n\r\nHallo", address: "loon@delinde.test" } }))
  expect(server.taken.map(({ to }) => to)).toEqual([[mail.to.address]])
  expect(server.taken[0]?.raw).not.toMatch(/^Bcc:/m)
})

test("a connection is used for a next mail, and not after the mailbox changed", async () => {
  const server = await start()
  const first = through(server.port)
  await sendMail(mail, first)
  await sendMail(mail, first)
  expect(server.state.connections).toBe(1)
  await sendMail(mail, { ...first, edition: "anders" })
  expect(server.state.connections).toBe(2)
})

describe("nothing is told to a server that is not sure to be the right one:", () => {
  test("a certificate of an unknown maker", async () => {
    const server = await start({ certificate: makeCertificate("localhost") })
    expect(await troubleOf(through(server.port))).toBe("certificate-unknown")
    expect(server.state.signIns).toBe(0)
  })
  test("one for another name, by TLS and by STARTTLS", async () => {
    const other = makeCertificate("elders.test")
    trust(other)
    for (const security of ["tls", "starttls"] as const) {
      const server = await start({ security, certificate: other })
      expect(await troubleOf(through(server.port, { security }))).toBe("certificate-name")
      expect(server.state.signIns).toBe(0)
    }
  })
  test("one that is over", async () => {
    const old = makeCertificate("localhost", { expired: true })
    trust(old)
    expect(await troubleOf(through((await start({ certificate: old })).port))).toBe("certificate-expired")
  })
  test("no TLS at all, where it was asked", async () => {
    const server = await start({ security: "none", options: { disabledCommands: ["STARTTLS"] } })
    expect(await troubleOf(through(server.port, { security: "starttls" }))).toBe("no-tls")
    expect(server.state.signIns).toBe(0)
  })
  test("TLS on a port that speaks first in the clear", async () => {
    expect(await troubleOf(through((await start({ security: "starttls" })).port))).toBe("wrong-security")
  })
})

describe("no connection is made to", () => {
  test.each(["10.0.0.1", "169.254.169.254", "[::ffff:10.0.0.1]", "2130706433.0.0"])("%s", async (host) => {
    expect(["not-public", "no-such-host"]).toContain(await troubleOf(through(465, { host })))
  })
  test("the own machine without the setting", async () => {
    const { env } = await import("#platform/env.ts")
    env().OUTGOING_LOOPBACK = false
    const server = await start()
    expect(await troubleOf(through(server.port)).finally(() => (env().OUTGOING_LOOPBACK = true))).toBe("not-public")
    expect(server.state.connections).toBe(0)
  })
  test("a name that leads to the own network, alone or beside a public address", async () => {
    for (const addresses of [["10.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["8.8.8.8", "::ffff:169.254.169.254"]]) {
      const asked = await withNames(() => addresses, async () => expect(await troubleOf(through(465, { host: "wissel.voorbeeld.test" }))).toBe("not-public"))
      expect(asked).toBe(1)
    }
  })
  test("what a name leads to when it is asked a second time", async () => {
    const certificate = makeCertificate("wissel.voorbeeld.test")
    trust(certificate)
    for (const security of ["tls", "starttls"] as const) {
      const server = await start({ security, certificate })
      const asked = await withNames((count) => [count === 1 ? "127.0.0.1" : "10.0.0.1"], async () => expect(await troubleOf(through(server.port, { security, host: "wissel.voorbeeld.test" }))).toBe("sent"))
      expect([asked, server.taken.length]).toEqual([1, 1])
    }
  })
  test("a name that is none, and a port where nobody is", async () => {
    expect(await troubleOf(through(465, { host: "bestaat-niet.invalid" }))).toBe("no-such-host")
    expect(await troubleOf(through(9))).toBe("no-connection")
  })
})

/** Has every name lead to these addresses, which may be others the second time; returns how often was asked. */
async function withNames(addresses: (count: number) => readonly string[], work: () => Promise<void>): Promise<number> {
  const { lookup } = dns
  let count = 0
  const answer = async () => addresses((count += 1)).map((address) => ({ address, family: isIP(address) }))
  Object.assign(dns, { lookup: answer })
  syncBuiltinESMExports()
  await work().finally(() => {
    Object.assign(dns, { lookup })
    syncBuiltinESMExports()
  })
  return count
}

const answers: readonly [status: number, text: string, where: "connect" | "sign-in" | "sender" | "recipient" | "content", means: SmtpTrouble][] = [
  [535, "5.7.8 Username and Password not accepted. For more information, go to https://support.google.com/mail/?p=BadCredentials x-gsmtp", "sign-in", "app-password"],
  [534, "5.7.9 Application-specific password required. https://support.google.com/mail/?p=InvalidSecondFactor - gsmtp", "sign-in", "app-password"],
  [534, "5.7.14 Please log in via your web browser and then try again. - gsmtp", "sign-in", "sign-in-policy"],
  [550, "5.7.30 Basic authentication is not supported for Client Submission. [AM0PR02CA0001.eurprd02.prod.outlook.com]", "sign-in", "basic-off"],
  [535, "5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.", "sign-in", "basic-off"],
  [535, "5.7.139 Authentication unsuccessful, basic authentication is disabled.", "sign-in", "basic-off"],
  [535, "5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator.", "sign-in", "sign-in-policy"],
  [535, "5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy.", "sign-in", "sign-in-policy"],
  [535, "5.7.139 Authentication unsuccessful, the user credentials were incorrect.", "sign-in", "wrong-password"],
  [535, "5.7.3 Authentication unsuccessful: password has expired", "sign-in", "expired-password"],
  [535, "5.7.8 Error: authentication failed: UGFzc3dvcmQ6", "sign-in", "wrong-password"],
  [535, "Incorrect authentication data", "sign-in", "wrong-password"],
  [535, "5.7.0 Your account is temporarily locked", "sign-in", "account-locked"],
  [454, "4.7.0 Too many login attempts, please try again later. - gsmtp", "sign-in", "too-many-sign-ins"],
  [504, "5.7.4 Unrecognized authentication type", "sign-in", "no-password-sign-in"],
  [454, "4.7.0 Temporary authentication failure: Connection lost to authentication server", "sign-in", "too-many-sign-ins"],
  [554, "5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org", "recipient", "provider-blocks"],
  [554, "smtp.zeelandnet.nl ESMTP not accepting connections from your IP", "connect", "provider-blocks"],
  [421, "4.3.2 Service not available, closing transmission channel", "connect", "no-answer"],
  [530, "5.7.57 Client not authenticated to send mail.", "sender", "sign-in-first"],
  [530, "5.7.0 Authentication Required. - gsmtp", "sender", "sign-in-first"],
  [553, "5.7.1 <loon@delinde.test>: Sender address rejected: not owned by user ander@delinde.test", "recipient", "sender-refused"],
  [554, "5.2.252 SendAsDenied; ander@delinde.test not allowed to send as loon@delinde.test", "content", "sender-refused"],
  [550, "5.7.60 SMTP; Client does not have permissions to send as this sender", "content", "sender-refused"],
  [554, "5.7.1 <noor@bakkerij.test>: Relay access denied", "recipient", "relay-denied"],
  [550, "relay not permitted", "recipient", "relay-denied"],
  [550, "5.4.5 Daily user sending limit exceeded. - gsmtp", "content", "sending-limit"],
  [432, "4.3.2 Concurrent connections limit exceeded.", "sender", "sending-limit"],
  [450, "4.2.0 <noor@bakkerij.test>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/", "recipient", "greylisted"],
  [451, "4.7.1 Try again later", "recipient", "server-busy"],
  [550, "5.1.1 <noor@bakkerij.test>: Recipient address rejected: User unknown in virtual mailbox table", "recipient", "recipient-unknown"],
  [552, "5.2.2 The email account that you tried to reach is over quota", "recipient", "recipient-full"],
  [452, "4.2.2 Mailbox full", "recipient", "recipient-full"],
  [552, "5.3.4 Message size exceeds fixed limit", "content", "too-large"],
  [554, "5.7.1 Message rejected as spam by Content Filtering", "content", "content-refused"],
  [550, "5.0.0 Nee", "recipient", "refused"],
]

test.each(answers)("%i %s (%s) is explained as %s", async (status, text, where, means) => {
  const server = await start({ answers: { [where]: { status, text } } })
  expect(await troubleOf(through(server.port))).toBe(means)
})

test("with a token one signs in by XOAUTH2, and a token that is no good means to connect again", async () => {
  const server = await start({ token: "ya29.goed" })
  expect(await troubleOf(through(server.port, { secret: { token: "ya29.goed" } }))).toBe("sent")
  expect(server.taken).toHaveLength(1)
  expect(await troubleOf(through(server.port, { secret: { token: "ya29.oud" } }))).toBe("reconnect")
})

test("a failure tells nobody who, what and with which password", async () => {
  const server = await start({ answers: { recipient: { status: 550, text: `no ${mail.to.address} here, ${password}` } } })
  const error: unknown = await sendMail(mail, through(server.port)).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(MailFailed)
  const shown = JSON.stringify([error, error instanceof Error && [error.message, error.stack, error.cause, Object.values(error)]])
  expect(shown).not.toMatch(/noor|wachtwoord|delinde/)
})

describe("a trial tells how far a mail came:", () => {
  const steps = async (options: MailServerOptions, changed: Partial<MailServer> = {}) => {
    const { port } = await start(options)
    const { steps: went, failed } = await tryServer(mail, through(port, changed))
    return { went: went.map(({ step }) => step), details: went.map(({ detail }) => detail), status: failed?.answer().status ?? null }
  }
  const all = ["connected", "secured", "signed-in", "sender", "recipient", "delivered"]

  test.each(["tls", "starttls"] as const)("all the way, by %s", async (security) => {
    const { went, details } = await steps({ security }, { security })
    expect(went).toEqual(all)
    expect(details[1]).toBe("TLS 1.3")
    expect(details[5]).toMatch(/^250/)
  })
  test("by token", async () => {
    expect((await steps({ token: "t" }, { secret: { token: "t" } })).went).toEqual(all)
  })
  test.each([["sign-in", 2], ["sender", 3], ["recipient", 4], ["content", 5]] as const)("refused at %s, it got as far as step %i", async (where, count) => {
    expect(await steps({ answers: { [where]: { status: 550, text: "nee" } } })).toMatchObject({ went: all.slice(0, where === "sender" ? 3 : count), status: 550 })
  })
  test("a wrong certificate ends it after connecting", async () => {
    expect((await steps({ certificate: makeCertificate("localhost") })).went).toEqual(["connected"])
  })
})
