import { afterAll, beforeAll, expect, test } from "vitest"
import { isDeadAddress } from "#domain/bounces/dead-address.ts"
import { returnPathOf } from "#domain/bounces/return-path.ts"
import { takeBounce } from "#domain/bounces/take-bounce.ts"
import { tryAddressAgain } from "#domain/bounces/try-again.ts"
import { invite } from "#domain/invitations/change-access.ts"
import { inviteAllPeople } from "#domain/invitations/invite-all.ts"
import { viewAccess } from "#domain/invitations/view-access.ts"
import { countMailsOf, listMails } from "#domain/mails/list-mails.ts"
import { retryMail } from "#domain/mails/retry-mail.ts"
import { viewBoard } from "#domain/deliveries/view-board.ts"
import { viewDelivery } from "#domain/deliveries/view-delivery.ts"
import { changeContactEmail } from "#domain/parties/change-contact-email.ts"
import { listEmployees } from "#domain/parties/list-employees.ts"
import { asSystem, asViewer, closeDatabase } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, makeClient, makeOffice, makeSelfRunning, sendOff, startWith, today, viewerFor } from "../../support/house.ts"
import { report } from "../../support/returned-mail.ts"

useDatabase()
process.env["BOUNCE_ADDRESS"] = "terug@loondossier.test"
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const all = { deliveryId: null, state: null, after: null }
const later = (minutes: number) => new Date(today.getTime() + minutes * 60_000)
const baker = (n: number) => `medewerker${n}@voorbeeld.test`
let office: Viewer
let employer: Viewer
let employerId: string
let people: Map<string, string>
let deliveryId: string
const idOf = (n: number) => people.get(String(n)) ?? ""

beforeAll(async () => {
  office = await makeOffice()
  employerId = await makeClient(office)
  people = await bringInBakers(office, employerId)
  deliveryId = await startWith(office, employerId, "maart", ["loonstroken-maart-2026.pdf"])
  await sendOff(office, deliveryId)
  employer = await viewerFor("employer", employerId)
  await asSystem("operate", (tx) => tx.mail.updateMany({ data: { state: "sent", sentAt: today } }))
})

async function newestTo(n: number) {
  const mail = await asSystem("operate", (tx) => tx.mail.findFirst({ where: { toAddress: baker(n) }, orderBy: [{ queuedAt: "desc" }, { id: "desc" }], select: { id: true, kind: true, state: true, toAddress: true, queuedAt: true } }))
  if (!mail) throw new Error("There is no such mail")
  return mail
}

/** The mail to a baker comes back for good. */
async function bounce(n: number, at = later(1)): Promise<string> {
  const { id } = await newestTo(n)
  await asSystem("operate", (tx) => tx.mail.updateMany({ where: { id }, data: { state: "sent", sentAt: at } }))
  expect(await takeBounce(report({ to: returnPathOf(id) ?? "", receiver: baker(n) }), at)).toBe("hard")
  return id
}

test("office and employer see the mails of a delivery, each with whom it is for; nobody else does", async () => {
  const seen = await listMails(office, { ...all, deliveryId })
  expect(seen.counts).toEqual({ queued: 0, sent: 25, failed: 0 })
  expect(seen.mails).toHaveLength(25)
  expect(seen.mails.map((mail) => mail.person?.id ?? mail.kind).toSorted()).toEqual([...people.values(), "welcome-employer"].toSorted())
  expect(seen.mails.find((mail) => mail.person)).toMatchObject({ kind: "welcome-employee", state: "sent", reason: null, employerId, deliveryId, partyName: "Bakkerij De Korenmaat B.V." })
  expect(await listMails(employer, { ...all, deliveryId })).toEqual(seen)
  expect(await countMailsOf(employer, { deliveryId })).toEqual(seen.counts)
  const none = { counts: { queued: 0, sent: 0, failed: 0 }, mails: [], next: null }
  for (const stranger of [await makeOffice(), await makeSelfRunning("999990056L01"), { ...employer, rank: "owner" as const, partyId: newId() }]) {
    expect(await listMails(stranger, { ...all, deliveryId })).toEqual(none)
    expect(await listMails(stranger, all)).toMatchObject({ mails: [] })
  }
  await expect(listMails(await viewerFor("employee", idOf(1)), all)).rejects.toMatchObject({ status: 403 })
  await expect(listMails({ ...employer, rank: "overviews" }, all)).rejects.toMatchObject({ status: 403 })
})

test("no viewer can ask the database for an address, an account, or what concerns an account itself", async () => {
  await expect(asViewer(office, (tx) => tx.$queryRaw`select to_address from mail`)).rejects.toThrow()
  await expect(asViewer(office, (tx) => tx.$queryRaw`select account_id from mail`)).rejects.toThrow()
  await expect(asViewer(office, (tx) => tx.$queryRaw`select * from dead_address`)).rejects.toThrow()
  await expect(asViewer(office, (tx) => tx.$queryRaw`select * from mail_bounce`)).rejects.toThrow()
  const rows = await asViewer(office, (tx) => tx.$queryRaw<unknown[]>`select id from mail where party_id is null`)
  expect(rows).toEqual([])
})

test("the list goes on where it ended, without leaving out or showing twice, also for mails of one moment", async () => {
  const mails = Array.from({ length: 120 }, (_, n) => ({ id: newId(), kind: "reminder", accountId: employer.accountId, toAddress: "werkgever@voorbeeld.test", partyId: employerId, queuedAt: later(-100 - Math.floor(n / 60)), state: "sent" as const, sentAt: later(-90) }))
  await asSystem("operate", (tx) => tx.mail.createMany({ data: mails }))
  const seen: string[] = []
  let after: string | null = null
  do {
    const page: Awaited<ReturnType<typeof listMails>> = await listMails(office, { ...all, after })
    seen.push(...page.mails.map((mail) => mail.id))
    after = page.next
  } while (after)
  const known = await asSystem("operate", (tx) => tx.mail.findMany({ where: { ownerId: employerId }, orderBy: [{ queuedAt: "desc" }, { id: "desc" }], select: { id: true } }))
  expect(seen).toEqual(known.map((mail) => mail.id))
  expect((await listMails(office, { ...all, after: "onzin" })).mails[0]?.id).toBe(seen[0])
})

test("who cannot be mailed is seen at the person, in the list, before sending, on the board and among the mails, with the reason", async () => {
  const partyId = idOf(2)
  const id = await bounce(2)
  expect(await viewAccess(employer, { partyId }, later(2))).toMatchObject({ state: "bounced", trouble: "no-such-address", since: later(1), may: { invite: false, tryAgain: true } })
  expect((await listMails(office, { ...all, state: "failed" })).mails).toMatchObject([{ id, kind: "welcome-employee", reason: "no-such-address", mayRetry: true, person: { id: partyId } }])
  expect((await listEmployees(office, { employerId, page: 1 }, later(2))).counts).toMatchObject({ bounced: 1 })
  const [row] = (await viewBoard(office, { year: 2026, order: "naam", isFalling: false, onlyToDo: false }, later(2))).rows
  expect(row?.cells.map((cell) => cell?.failed ?? 0).reduce((sum, one) => sum + one, 0)).toBe(1)
  const draft = await startWith(office, employerId, "februari", ["loonstroken-februari-2026.pdf"])
  const { items } = await viewDelivery(office, { deliveryId: draft })
  expect(items.find((item) => item.employeeId === partyId)?.check).toMatchObject({ mail: "bounced" })
  await expect(invite(office, { partyId }, later(2))).rejects.toMatchObject({ code: "address-dead" })
  await inviteAllPeople(office, { employerId }, later(2))
  expect((await newestTo(2)).id).toBe(id)
})

test("somebody who is inside stays inside, and is seen not to be mailed", async () => {
  const inside = await viewerFor("employee", idOf(3))
  await bounce(3)
  const access = await viewAccess(employer, { partyId: idOf(3) }, later(2))
  expect(access).toMatchObject({ state: "bounced", trouble: "no-such-address", may: { invite: false, tryAgain: true } })
  await expect(listMails(inside, all)).rejects.toMatchObject({ status: 403 })
})

test("a corrected address is mailed at once where a welcome was due, and the old one stays dead", async () => {
  await bounce(4)
  expect(await changeContactEmail(office, { partyId: idOf(4), email: "nieuw4@voorbeeld.test" }, later(3))).toBe("invited")
  const mail = await asSystem("operate", (tx) => tx.mail.findFirst({ where: { toAddress: "nieuw4@voorbeeld.test" }, select: { state: true, kind: true } }))
  expect(mail).toEqual({ state: "queued", kind: "welcome-employee" })
  expect(await viewAccess(office, { partyId: idOf(4) }, later(4))).toMatchObject({ state: "invited", trouble: null })
  await changeContactEmail(office, { partyId: idOf(4), email: baker(4).toUpperCase() }, later(5))
  expect(await viewAccess(office, { partyId: idOf(4) }, later(6))).toMatchObject({ state: "bounced", trouble: "no-such-address" })
})

test("'Probeer opnieuw' at the person opens the address again and invites anew; a stranger finds nobody, a reader may not, twice is once", async () => {
  const partyId = idOf(5)
  const id = await bounce(5)
  await expect(tryAddressAgain(await makeOffice(), { partyId }, later(2))).rejects.toMatchObject({ status: 404 })
  await expect(tryAddressAgain({ ...office, rank: "reader" }, { partyId }, later(2))).rejects.toMatchObject({ code: "reader" })
  const tried = await Promise.all([tryAddressAgain(employer, { partyId }, later(2)), tryAddressAgain(office, { partyId }, later(2))])
  expect(tried.toSorted()).toEqual([false, true])
  const newest = await newestTo(5)
  expect(newest).toMatchObject({ kind: "welcome-employee", state: "queued" })
  expect(newest.id).not.toBe(id)
  expect(await viewAccess(office, { partyId }, later(3))).toMatchObject({ state: "invited", trouble: null, may: { tryAgain: false } })
})

test("'Probeer opnieuw' at a mail sends it once more, to the address that is known now; a welcome becomes a new invitation", async () => {
  const partyId = idOf(6)
  await viewerFor("employee", partyId, "zes@test.test")
  const id = newId()
  const account = await asSystem("operate", (tx) => tx.account.findFirst({ where: { username: "zes@test.test" }, select: { id: true } }))
  await asSystem("operate", (tx) => tx.mail.createMany({ data: [{ id, kind: "reminder", accountId: account?.id ?? "", partyId, toAddress: baker(6), queuedAt: later(1), state: "sent", sentAt: later(1) }] }))
  await takeBounce(report({ to: returnPathOf(id) ?? "", receiver: baker(6) }), later(2))
  await expect(retryMail(await makeOffice(), { mailId: id }, later(3))).rejects.toMatchObject({ status: 404 })
  await expect(retryMail({ ...office, rank: "reader" }, { mailId: id }, later(3))).rejects.toMatchObject({ code: "reader" })
  await expect(retryMail(await viewerFor("employee", idOf(7)), { mailId: id }, later(3))).rejects.toMatchObject({ status: 403 })
  await changeContactEmail(office, { partyId, email: "zes@voorbeeld.test" }, later(3))
  await Promise.all([retryMail(office, { mailId: id }, later(4)), retryMail(employer, { mailId: id }, later(4))])
  await retryMail(office, { mailId: id }, later(5))
  expect(await asSystem("operate", (tx) => tx.mail.findUnique({ where: { id }, select: { state: true, toAddress: true, failure: true } }))).toEqual({ state: "queued", toAddress: "zes@voorbeeld.test", failure: null })
  expect(await asSystem("operate", (tx) => tx.auditEvent.count({ where: { kind: "mail.tried-again", subjectId: id } }))).toBe(1)
  const welcome = await bounce(8)
  await retryMail(office, { mailId: welcome }, later(4))
  expect(await newestTo(8)).toMatchObject({ kind: "welcome-employee", state: "queued" })
  expect((await newestTo(8)).id).not.toBe(welcome)
  expect(await asSystem("operate", (tx) => isDeadAddress(tx, baker(8), idOf(8)))).toBe(false)
})
