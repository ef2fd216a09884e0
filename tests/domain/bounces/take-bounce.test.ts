import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { openAddress } from "#domain/bounces/dead-address.ts"
import { mailOfReturnPath, returnPathOf } from "#domain/bounces/return-path.ts"
import { takeBounce } from "#domain/bounces/take-bounce.ts"
import { openMail } from "#domain/mails/open-mail.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, makeClient, makeOffice, sendOff, startWith, today } from "../../support/house.ts"
import { report, wire } from "../../support/returned-mail.ts"

useDatabase()
process.env["BOUNCE_ADDRESS"] = "terug@loondossier.test"
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

let office: Viewer
const baker = (n: number) => `medewerker${n}@voorbeeld.test`
const days = (n: number) => new Date(today.getTime() + n * 86_400_000)
let next = 0
let mail: { id: string; address: string; path: string }

beforeAll(async () => {
  office = await makeOffice()
  const employerId = await makeClient(office)
  await bringInBakers(office, employerId)
  await sendOff(office, await startWith(office, employerId, "maart", ["loonstroken-maart-2026.pdf"]))
  await asSystem("operate", (tx) => tx.mail.updateMany({ data: { state: "sent", sentAt: today } }))
})

beforeEach(async () => {
  const address = baker((next++ % 24) + 1)
  const id = (await asSystem("operate", (tx) => tx.mail.findFirst({ where: { toAddress: address }, select: { id: true } })))?.id ?? ""
  mail = { id, address, path: returnPathOf(id) ?? "" }
})

async function stateOf(id: string) {
  return asSystem("operate", (tx) => tx.mail.findUnique({ where: { id }, select: { state: true, failure: true } }))
}

async function isDead(): Promise<boolean> {
  const person = await asSystem("operate", (tx) => tx.employee.findFirst({ where: { contactEmail: mail.address }, select: { mailTrouble: true } }))
  return person?.mailTrouble != null
}

/** The same address mailed once more: another mail of its own. */
async function mailAgain(at: Date): Promise<string> {
  const id = newId()
  await asSystem("operate", async (tx) => {
    const of = await tx.mail.findUnique({ where: { id: mail.id }, select: { accountId: true, partyId: true } })
    await tx.mail.createMany({ data: [{ id, kind: "new-files", accountId: of?.accountId ?? "", partyId: of?.partyId ?? null, toAddress: mail.address, queuedAt: at, state: "sent", sentAt: at }] })
  })
  return id
}

test("a return path names one mail, fits in 64 characters, and cannot be made by who does not have the key", () => {
  const [name = ""] = mail.path.split("@")
  expect(name.length).toBeLessThanOrEqual(64)
  expect(mailOfReturnPath(mail.path)).toBe(mail.id)
  expect(mailOfReturnPath(mail.path.toUpperCase())).toBe(mail.id)
  const other = returnPathOf(newId()) ?? ""
  expect(other).not.toBe(mail.path)
  const forged = mail.path.replace(/.(?=@)/, (last) => (last === "0" ? "1" : "0"))
  for (const wrong of [forged, mail.path.replace("terug+", "terug+x"), "terug@loondossier.test", "terug+@loondossier.test", `terug+${"v".repeat(52)}@loondossier.test`, mail.path.replace("loondossier.test", "elders.test"), ""]) expect([wrong, mailOfReturnPath(wrong)]).toEqual([wrong, null])
})

test("a hard report makes the mail failed and the address dead, for the person too; twice is once", async () => {
  const raw = report({ to: mail.path, receiver: mail.address })
  expect(await takeBounce(raw, today)).toBe("hard")
  expect(await stateOf(mail.id)).toEqual({ state: "failed", failure: "bounced no-such-address" })
  expect(await isDead()).toBe(true)
  expect(await takeBounce(raw, today)).toBe("nothing")
  const again = await mailAgain(days(1))
  await asSystem("operate", (tx) => tx.mail.updateMany({ where: { id: again }, data: { state: "queued" } }))
  expect(await openMail(again)).toMatchObject({ isDead: true })
})

test("two at once take a report once", async () => {
  const raw = report({ to: mail.path, receiver: mail.address })
  const taken = await Promise.all([takeBounce(raw, today), takeBounce(raw, today), takeBounce(raw, today)])
  expect(taken.toSorted()).toEqual(["hard", "nothing", "nothing"])
})

test.each([
  ["a mailbox that is full", { status: "5.2.2" }, "mailbox-full"],
  ["a refusal for policy", { status: "5.7.1" }, "refused"],
  ["a status of the 400s", { status: "4.4.7" }, "unknown"],
  ["a status that is none", { status: "onbekend" }, "unknown"],
  ["another receiver than it went to", { receiver: "iemand@elders.test" }, "unknown"],
])("%s is soft: this mail failed, the address is not dead", async (_what, given, reason) => {
  expect(await takeBounce(report({ to: mail.path, receiver: mail.address, ...given }), today)).toBe("soft")
  expect(await stateOf(mail.id)).toEqual({ state: "failed", failure: `bounced ${reason}` })
  expect(await isDead()).toBe(false)
})

test("the third day within thirty on which mail comes back softly makes the address dead; the same day twice does not, nor what is long ago", async () => {
  for (const [day, dead] of [[0, false], [40, false], [40.1, false], [41, false], [42, true]] as const) {
    const id = await mailAgain(days(day))
    expect(await takeBounce(report({ to: returnPathOf(id) ?? "", receiver: mail.address, status: "5.7.1" }), days(day))).toBe("soft")
    expect([day, await isDead()]).toEqual([day, dead])
  }
})

test.each([
  ["5.0.0", "550 5.1.1 no such user", "hard"],
  ["5.0.0", "550 5.2.2 over quota", "soft"],
  ["4.0.0", "550 5.1.1 no such user", "soft"],
  ["5.1.10", "", "hard"],
  ["5.4.4", "", "hard"],
  ["5.1.8", "", "soft"],
  ["5.4.1", "", "soft"],
  ["5.6.1", "", "soft"],
])("status %s with what the server said %j is %s", async (status, diagnostic, weight) => {
  const id = await mailAgain(today)
  expect(await takeBounce(report({ to: returnPathOf(id) ?? "", receiver: mail.address, status, diagnostic }), today)).toBe(weight)
})

test("of several receivers only the one that the mail went to counts, whichever way it is named", async () => {
  const other = "\nFinal-Recipient: rfc822; ander@elders.test\nAction: failed\nStatus: 5.1.1\n"
  expect(await takeBounce(report({ to: mail.path, receiver: mail.address, action: "delivered", status: "2.0.0", extra: other }), today)).toBe("nothing")
  expect((await stateOf(mail.id))?.state).toBe("sent")
  expect(await takeBounce(report({ to: mail.path, receiver: "intern@mx.elders.test", original: mail.address.toUpperCase() }), today)).toBe("hard")
})

test("delayed, delivered, relayed and expanded change nothing", async () => {
  for (const action of ["delayed", "delivered", "relayed", "expanded", "iets"]) expect(await takeBounce(report({ to: mail.path, receiver: mail.address, action, status: "4.2.0" }), today)).toBe("nothing")
  expect((await stateOf(mail.id))?.state).toBe("sent")
})

test("a report without a token, with a forged one, or of a mail that is not there is no report", async () => {
  const forged = mail.path.replace(/.(?=@)/, (last) => (last === "0" ? "1" : "0"))
  for (const to of ["portaal@loondossier.test", forged, "terug@loondossier.test"]) expect(await takeBounce(report({ to, receiver: mail.address }), today)).toBe("other")
  expect(await takeBounce(report({ to: returnPathOf(newId()) ?? "", receiver: mail.address }), today)).toBe("nothing")
  expect((await stateOf(mail.id))?.state).toBe("sent")
})

test("an answer of somebody on holiday, and of a person, is nothing", async () => {
  const away = wire(`From: ${mail.address}\nTo: ${mail.path}\nAuto-Submitted: auto-replied\nPrecedence: bulk\nSubject: Afwezig\n\nIk ben er niet. 5.1.1`)
  const person = wire(`From: ${mail.address}\nTo: ${mail.path}\nSubject: Re: iets\n\nDank u`)
  const read = wire(`From: ${mail.address}\nTo: ${mail.path}\nContent-Type: multipart/report; report-type=disposition-notification; boundary=g\n\n--g\nContent-Type: text/plain\n\nGelezen\n--g--`)
  for (const one of [away, person, read]) expect(await takeBounce(one, today)).toBe("other")
  expect((await stateOf(mail.id))?.state).toBe("sent")
})

test("a letter of a mail system that follows no standard is soft, by the token alone", async () => {
  const qmail = wire(`From: MAILER-DAEMON@mx.elders.test\nTo: ${mail.path}\nSubject: failure notice\n\nHi. This is the qmail-send program.\n\n<${mail.address}>:\n550 5.1.1 unknown`)
  expect(await takeBounce(qmail, today)).toBe("soft")
  expect(await stateOf(mail.id)).toEqual({ state: "failed", failure: "bounced unknown" })
  expect(await isDead()).toBe(false)
})

test("a report inside another mail is passed on, and no report", async () => {
  const inner = report({ to: mail.path, receiver: mail.address }).toString()
  const forwarded = wire(`From: iemand@elders.test\nTo: ${mail.path}\nContent-Type: multipart/mixed; boundary=buiten\n\n--buiten\nContent-Type: message/rfc822\n\n${inner}\n--buiten--`)
  expect(await takeBounce(forwarded, today)).toBe("other")
  expect((await stateOf(mail.id))?.state).toBe("sent")
})

test("what is malformed, eight-bit, broken off, nested or huge is read as far as it goes, and never thrown on", async () => {
  const whole = report({ to: mail.path, receiver: mail.address })
  const nested = wire(`To: ${mail.path}\nFrom: MAILER-DAEMON@x.test\n${Array.from({ length: 300 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\n\n--b${n}\n`).join("")}`)
  const wild = [Buffer.alloc(0), Buffer.from([0, 255, 254, 10, 10, 0]), Buffer.alloc(3_000_000, "a"), whole.subarray(0, 200), nested, wire(`To: ${mail.path}\nContent-Type: multipart/report; report-type=delivery-status; boundary=\n\n`)]
  for (const one of wild) expect(["soft", "nothing", "other"]).toContain(await takeBounce(one, today))
  const eightBit = report({ to: mail.path, receiver: mail.address, diagnostic: "550 gebruiker bestaat niet: café ☃" })
  const large = Buffer.concat([eightBit.subarray(0, eightBit.length - 10), Buffer.alloc(5_000_000, "x\r\n")])
  expect(await takeBounce(large, today)).toBe("hard")
})

test("an address that is tried anew is mailed again; an old report does not make it dead, a new one does", async () => {
  await takeBounce(report({ to: mail.path, receiver: mail.address }), today)
  expect(await isDead()).toBe(true)
  expect(await asSystem("operate", (tx) => openAddress(tx, mail.address, days(1)))).toBe(true)
  expect(await asSystem("operate", (tx) => openAddress(tx, mail.address, days(1)))).toBe(false)
  expect(await isDead()).toBe(false)
  await takeBounce(report({ to: mail.path, receiver: mail.address, status: "5.1.0" }), days(2))
  expect(await isDead()).toBe(false)
  const newer = await mailAgain(days(3))
  await takeBounce(report({ to: returnPathOf(newer) ?? "", receiver: mail.address }), days(4))
  expect(await isDead()).toBe(true)
})
