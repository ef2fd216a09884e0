import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { removeMailbox, saveMailbox, switchMailbox, viewMailbox } from "#domain/mailboxes/change-mailbox.ts"
import { sendTestMail } from "#domain/mailboxes/send-test-mail.ts"
import { asSystem, asViewer, closeDatabase } from "#platform/database.ts"
import { closeMailer } from "#platform/mailer.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { startMailServer } from "../../support/mail-server.ts"
import { makeHouse, type House } from "../sharing/people.ts"
import { boxInput, codeOf, forgetMailboxes, makeMailbox, password, words } from "./boxes.ts"

useDatabase()
process.env.OUTGOING_LOOPBACK = "yes"

let house: House
let server: Awaited<ReturnType<typeof startMailServer>>
const now = new Date()
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

const events = (kind: string) => asSystem("operate", (tx) => tx.auditEvent.count({ where: { kind } }))
const reader = (owner: Viewer): Viewer => ({ ...owner, rank: "reader" })
const acts = (viewer: Viewer) => [
  () => viewMailbox(viewer),
  () => saveMailbox(viewer, boxInput(server.port), now),
  () => switchMailbox(viewer, { on: true }, now),
  () => sendTestMail(viewer, words, now),
  () => removeMailbox(viewer, now),
]

describe("a mailbox", () => {
  test("is set up, proven, switched on, and shown without its password", async () => {
    await saveMailbox(house.office, boxInput(server.port), now)
    expect(await codeOf(switchMailbox(house.office, { on: true }, now))).toBe("mailbox-not-proven")
    expect(await sendTestMail(house.office, words, now)).toMatchObject({ trouble: null, steps: [{ step: "connected" }, { step: "secured", detail: "TLS 1.3" }, { step: "signed-in" }, { step: "sender" }, { step: "recipient" }, { step: "delivered" }] })
    await switchMailbox(house.office, { on: true }, now)
    await switchMailbox(house.office, { on: true }, now)
    const view = await viewMailbox(house.office)
    expect(view).toMatchObject({ isOn: true, address: "loon@delinde.test", username: "loon@delinde.test", hasSecret: true, provenAt: now, lastSentAt: now, failingSince: null })
    expect(JSON.stringify(view)).not.toContain(password)
    expect([await events("mailbox.saved"), await events("mailbox.tested"), await events("mailbox.on")]).toEqual([1, 1, 1])
  })

  test("keeps its password sealed, and its owners hear that it changed", async () => {
    const before = await mailsTo(house.employer)
    await asSystem("operate", (tx) => tx.account.update({ where: { id: house.employer.accountId }, data: { email: "werkgever@bakkerij.test" } }))
    await saveMailbox(house.employer, boxInput(server.port), now)
    const { secretSealed } = await asSystem("operate", (tx) => tx.mailbox.findUniqueOrThrow({ where: { partyId: house.employer.partyId } }))
    expect(Buffer.from(secretSealed ?? []).toString("latin1")).not.toContain(password)
    expect(await mailsTo(house.employer)).toBe(before + 1)
  })

  test("is seen and changed by its own owners alone", async () => {
    await saveMailbox(house.office, boxInput(server.port), now)
    for (const viewer of [reader(house.office), house.employee]) {
      expect(await Promise.all(acts(viewer).map((act) => codeOf(act())))).toEqual(acts(viewer).map(() => "owners-only"))
    }
    expect(await viewMailbox(house.employer)).toBeNull()
    expect(await codeOf(sendTestMail(house.employer, words, now))).toBe("not-found")
    expect(await codeOf(removeMailbox(house.employer, now))).toBe("not-found")
    expect(await codeOf(switchMailbox(house.employer, { on: false }, now))).toBe("not-found")
    const seen = (viewer: Viewer) => asViewer(viewer, (tx) => tx.mailbox.count())
    expect([await seen(house.office), await seen(house.employer), await seen(house.employee)]).toEqual([1, 0, 0])
    await asSystem("operate", (tx) => tx.accountRole.updateMany({ where: { accountId: house.office.accountId }, data: { rank: "member" } }))
    expect(await seen(house.office)).toBe(0)
    expect(await codeOf(saveMailbox(house.office, boxInput(server.port), now))).toBe("owners-only")
    await asSystem("operate", (tx) => tx.accountRole.updateMany({ where: { accountId: house.office.accountId }, data: { rank: "owner" } }))
  })

  test("asks its password again for another server, port, security or username, and keeps it for another name or pace", async () => {
    await makeMailbox(house.office, server.port)
    const blank = (changed: Parameters<typeof boxInput>[1]) => codeOf(saveMailbox(house.office, boxInput(server.port, { password: "", ...changed }), now))
    expect(await blank({ name: "Anders", perMinute: 5 })).toBe("done")
    expect(await viewMailbox(house.office)).toMatchObject({ name: "Anders", isOn: true, hasSecret: true })
    const elsewhere: Parameters<typeof boxInput>[1][] = [{ provider: "transip" }, { port: server.port - 1 }, { security: "starttls" }, { username: "ander" }, { address: "ander@delinde.test" }]
    expect(await Promise.all(elsewhere.map(blank))).toEqual(elsewhere.map(() => "mailbox-password-needed"))
    expect(await viewMailbox(house.office)).toMatchObject({ name: "Anders", username: "loon@delinde.test", provenAt: expect.any(Date) })
    expect(await blank({ username: "ander", password: "nieuw" })).toBe("done")
    expect(await viewMailbox(house.office)).toMatchObject({ username: "ander", isOn: true, provenAt: null })
  })

  test("asks it again before it is shown to another server to read at, and forgets that server when it is not read", async () => {
    await makeMailbox(house.office, server.port)
    const read = (changed: Parameters<typeof boxInput>[1]) => codeOf(saveMailbox(house.office, boxInput(server.port, { readsBounces: true, imapPort: 2993, ...changed }), now))
    const reading = async () => (await viewMailbox(house.office))?.reading
    expect(await read({ password: "", imapHost: "imap.elders.test", imapPort: 993 })).toBe("mailbox-password-needed")
    expect(await reading()).toBeNull()
    expect(await read({ password: "", imapHost: "localhost" })).toBe("done")
    expect(await reading()).toEqual({ host: "localhost", port: 2993, at: null, trouble: null })
    expect(await read({ imapHost: "imap.elders.test", imapPort: 993 })).toBe("done")
    expect(await read({ password: "", imapHost: "imap.elders.test", imapPort: 993, name: "Anders" })).toBe("done")
    expect(await read({ password: "", readsBounces: false })).toBe("done")
    expect(await reading()).toBeNull()
  })

  test("of two that save at once neither is lost half way", async () => {
    const names = ["Een", "Twee", "Drie"]
    await Promise.all(names.map((name) => saveMailbox(house.office, boxInput(server.port, { name }), now)))
    expect(names).toContain((await viewMailbox(house.office))?.name)
    expect((await asSystem("operate", (tx) => tx.mailbox.findUniqueOrThrow({ where: { partyId: house.office.partyId } }))).version).toBe(3)
  })

  test("is removed once", async () => {
    await makeMailbox(house.office, server.port)
    await removeMailbox(house.office, now)
    expect(await viewMailbox(house.office)).toBeNull()
    expect(await codeOf(removeMailbox(house.office, now))).toBe("not-found")
  })
})

describe("what is filled in", () => {
  const save = (changed: Parameters<typeof boxInput>[1]) => codeOf(saveMailbox(house.office, boxInput(465, changed), now))

  test.each([
    [{ port: 25 }, "mailbox-port-25"],
    [{ host: "smtp.voorbeeld.test", port: 2525 }, "mailbox-port"],
    [{ host: "10.0.0.1" }, "mailbox-host"],
    [{ host: "[::1]" }, "mailbox-host"],
    [{ host: "smtp.voorbeeld.test/../x" }, "mailbox-host"],
    [{ host: "smtp.voorbeeld.test\r\nRCPT" }, "mailbox-host"],
    [{ host: "" }, "mailbox-host"],
    [{ provider: "auto", host: "" }, "mailbox-provider-unknown"],
    [{ address: "loon@delinde.test\r\nBcc: ander@elders.test" }, "email-invalid"],
    [{ address: "Noor <loon@delinde.test>" }, "email-invalid"],
    [{ copyAs: "cc", copyTo: "een@elders.test, twee@elders.test" }, "email-invalid"],
    [{ provider: "outlook" }, "mailbox-no-passwords"],
    [{ host: "smtp.voorbeeld.test", signInBy: "microsoft" }, "mailbox-other-provider"],
    [{ provider: "ziggo", signInBy: "google" }, "mailbox-other-provider"],
    [{ perDay: 0 }, "mailbox-pace"],
    [{ host: "smtp.voorbeeld.test", readsBounces: true }, "mailbox-host"],
    [{ host: "smtp.voorbeeld.test", readsBounces: true, imapHost: "10.0.0.1" }, "mailbox-host"],
    [{ host: "smtp.voorbeeld.test", readsBounces: true, imapHost: "imap.voorbeeld.test", imapPort: 143 }, "mailbox-imap-port"],
  ] as const)("%j is refused: %s", async (changed, code) => {
    expect(await save(changed)).toBe(code)
    expect(await viewMailbox(house.office)).toBeNull()
  })

  test.each([
    ["kantoor@ziggo.nl", { host: "smtp.ziggo.nl", port: 587, security: "starttls", username: "kantoor@ziggo.nl", preset: "ziggo" }],
    ["kantoor@ziggo.nl", { reading: { host: "imap.ziggo.nl", port: 993, at: null, trouble: null } }],
    ["kantoor@zeelandnet.nl", { host: "mail.zeelandnet.nl", port: 465, security: "tls", username: "kantoor", preset: "zeelandnet" }],
    ["kantoor@gmail.com", { host: "smtp.gmail.com", port: 465, security: "tls", username: "kantoor@gmail.com" }],
  ])("the server follows from %s", async (address, expected) => {
    await saveMailbox(house.office, boxInput(2, { address, provider: "auto", host: "", readsBounces: true, imapHost: "elders.test" }), now)
    expect(await viewMailbox(house.office)).toMatchObject(expected)
  })
})

describe("a test mail", () => {
  test("goes to the address of who asks, with no copy", async () => {
    await asSystem("operate", (tx) => tx.account.update({ where: { id: house.office.accountId }, data: { email: "eigenaar@delinde.test" } }))
    await saveMailbox(house.office, boxInput(server.port, { copyAs: "bcc", copyTo: "archief@delinde.test" }), now)
    await sendTestMail(house.office, words, now)
    expect(server.taken.map(({ from, to }) => ({ from, to }))).toEqual([{ from: "loon@delinde.test", to: ["eigenaar@delinde.test"] }])
  })

  test("that fails is explained, in the server's words without the password, and stands with the mailbox", async () => {
    const encoded = Buffer.from(`\0loon@delinde.test\0${password}`).toString("base64")
    server.state.answers = { "sign-in": { status: 535, text: `5.7.8 Error: ${password} ${encoded} ${Buffer.from(password).toString("base64")}` } }
    await saveMailbox(house.office, boxInput(server.port), now)
    const view = await sendTestMail(house.office, words, now)
    expect(view).toEqual({ steps: [{ step: "connected", detail: null }, { step: "secured", detail: "TLS 1.3" }], trouble: "wrong-password", said: "535 5.7.8 Error: … … …" })
    expect(await viewMailbox(house.office)).toMatchObject({ lastFailedAt: now, lastFailure: "wrong-password", provenAt: null })
  })

  test("is not asked without end", async () => {
    await saveMailbox(house.office, boxInput(server.port), now)
    const codes: string[] = []
    for (let count = 0; count < 8; count += 1) codes.push(await codeOf(sendTestMail(house.office, words, now)))
    expect(codes).toEqual([...Array.from({ length: 6 }, () => "done"), "test-mail-often", "test-mail-often"])
  })
})

function mailsTo({ accountId }: Viewer): Promise<number> {
  return asSystem("operate", (tx) => tx.mail.count({ where: { accountId, kind: "account-changed" } }))
}
