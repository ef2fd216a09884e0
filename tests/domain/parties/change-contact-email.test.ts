import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { askPasswordLink } from "#domain/accounts/ask-password-link.ts"
import { askUsernames } from "#domain/accounts/ask-usernames.ts"
import { choosePassword } from "#domain/accounts/choose-password.ts"
import { viewPasswordLink } from "#domain/accounts/view-password-link.ts"
import { blockAccess, withdrawInvitation } from "#domain/invitations/change-access.ts"
import { viewAccess } from "#domain/invitations/view-access.ts"
import { openMail } from "#domain/mails/open-mail.ts"
import { changeContactEmail } from "#domain/parties/change-contact-email.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringIn, bringInBakers, goodPassword, makeClient, makeOffice, makeSelfRunning, sendOff, sessionOf, startWith, today, viewerFor } from "../../support/house.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const later = (minutes: number) => new Date(today.getTime() + minutes * 60_000)
const baker = (n: number) => `medewerker${n}@voorbeeld.test`
const born: Readonly<Record<number, string>> = { 1: "1986-04-16", 2: "1998-11-03", 3: "2003-01-11", 4: "2000-10-21" }
const codeOf = (work: Promise<unknown>) => work.then((answer) => answer, (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : String(error)))

let office: Viewer
let employerId: string
let people: Map<string, string>

/** All 24 were invited with their first payslip, and none has a password. */
beforeAll(async () => {
  office = await makeOffice()
  employerId = await makeClient(office)
  people = await bringInBakers(office, employerId)
  await sendOff(office, await startWith(office, employerId, "maart", ["loonstroken-maart-2026.pdf", "serie-overzichten-maart-2026.pdf"]))
})

const idOf = (n: number) => people.get(String(n)) ?? ""
const change = (n: number, email: string, at = today) => changeContactEmail(office, { partyId: idOf(n), email }, at)

async function accountOf(partyId: string): Promise<{ id: string; username: string }> {
  const role = await asSystem("operate", (tx) => tx.accountRole.findFirstOrThrow({ where: { partyId, account: { email: null } }, select: { account: { select: { id: true, username: true } } } }))
  return role.account
}

/** The mails of a kind to an address, newest first, with what they tell. */
async function mailsTo(toAddress: string, kind: string): Promise<string[]> {
  const rows = await asSystem("operate", (tx) => tx.mail.findMany({ where: { toAddress, kind }, orderBy: { id: "desc" }, select: { id: true } }))
  return Promise.all(rows.map(async ({ id }) => (await openMail(id))?.token ?? ""))
}

const openInvitations = (accountId: string) => asSystem("operate", (tx) => tx.invitation.count({ where: { accountId, usedAt: null, withdrawnAt: null, replacedAt: null, expiresAt: { gt: today } } }))
const newestLink = async (address: string) => (await mailsTo(address, "password-link"))[0] ?? ""
const choose = (n: number, token: string, username: string) => choosePassword({ token, proof: born[n] ?? "", username, password: goodPassword, device: null }, later(2))

describe("nobody inside yet", () => {
  test("the username moves along, the links and the invitation of before are over, and a new invitation goes to the new address", async () => {
    await askPasswordLink({ username: baker(1) }, today)
    const old = await newestLink(baker(1))
    expect(await viewPasswordLink(old, today)).toMatchObject({ state: "open" })
    expect(await change(1, " Nora@Goed.test ", later(1))).toBe("invited")
    const account = await accountOf(idOf(1))
    expect(account.username).toBe("nora@goed.test")
    expect(await viewPasswordLink(old, later(1))).toEqual({ state: "ended" })
    expect(await codeOf(choose(1, old, "nora@goed.test"))).toBe("link-ended")
    expect(await mailsTo("Nora@goed.test", "welcome-employee")).toHaveLength(1)
    expect(await openInvitations(account.id)).toBe(1)
    await askPasswordLink({ username: "nora@goed.test" }, later(1))
    expect(sessionOf(await choose(1, await newestLink("Nora@goed.test"), "nora@goed.test"))).toBeTruthy()
    const kinds = await asSystem("operate", (tx) => tx.auditEvent.findMany({ where: { OR: [{ chainId: idOf(1) }, { chainId: account.id }], partyId: office.partyId }, orderBy: { at: "asc" }, select: { kind: true, accountId: true } }))
    expect(kinds.filter(({ accountId }) => accountId === office.accountId).map(({ kind }) => kind).toSorted()).toEqual(["account.contact-email-changed", "account.username-changed", "contact-email.changed"])
  })

  test("the old way round: the link is asked under the username of before and comes to the new address, until there is a password", async () => {
    await change(2, "kim@goed.test", later(1))
    await askPasswordLink({ username: baker(2) }, later(1))
    expect(await mailsTo(baker(2), "password-link")).toEqual([])
    expect(sessionOf(await choose(2, await newestLink("kim@goed.test"), "kim@goed.test"))).toBeTruthy()
    await askPasswordLink({ username: baker(2) }, later(3))
    expect(await mailsTo("kim@goed.test", "password-link")).toHaveLength(1)
  })

  test("a username of before is nobody's when somebody has it now, and opens nothing by itself", async () => {
    await change(5, "yusuf@goed.test")
    await change(6, baker(5))
    expect((await accountOf(idOf(6))).username).toBe(baker(5))
    await askPasswordLink({ username: baker(5) }, later(1))
    expect([await mailsTo("yusuf@goed.test", "password-link"), await mailsTo(baker(5), "password-link")].map((mails) => mails.length)).toEqual([0, 1])
  })

  test("a forgotten username is mailed to the new address, and no more to the old one", async () => {
    await change(7, "zeven@goed.test")
    for (const email of ["ZEVEN@goed.test", baker(7)]) await askUsernames({ email, source: null }, later(1))
    expect(await mailsTo("ZEVEN@goed.test", "usernames")).toEqual(["zeven@goed.test"])
    expect(await mailsTo(baker(7), "usernames")).toEqual([])
  })

  test("where the username is taken a number follows it, also for two at once", async () => {
    expect(await Promise.all([change(8, "samen@goed.test"), change(9, "samen@goed.test")])).toEqual(["invited", "invited"])
    const names = [await accountOf(idOf(8)), await accountOf(idOf(9))].map(({ username }) => username)
    expect(names.toSorted()).toEqual(["samen@goed.test", "samen@goed.test.2"])
    const second = names.indexOf("samen@goed.test.2") === 0 ? 8 : 9
    await change(second, "alleen@goed.test", later(1))
    expect((await accountOf(idOf(second))).username).toBe("alleen@goed.test")
  })

  test("typed with other capitals it changes nothing", async () => {
    expect(await change(10, baker(10).toUpperCase())).toBe("same")
    expect((await asSystem("operate", (tx) => tx.employee.findUnique({ where: { id: idOf(10) }, select: { contactEmail: true } })))?.contactEmail).toBe(baker(10))
    expect(await mailsTo(baker(10), "welcome-employee")).toHaveLength(1)
  })

  test("given twice, and twice at once, it is changed once and invited once", async () => {
    expect((await Promise.all([change(11, "elf@goed.test"), change(11, "elf@goed.test")])).toSorted()).toEqual(["invited", "same"])
    expect(await change(11, "elf@goed.test")).toBe("same")
    expect(await mailsTo("elf@goed.test", "welcome-employee")).toHaveLength(1)
  })

  test("emptied, no link is mailed any more and the username stays; filled in again it moves along", async () => {
    await askPasswordLink({ username: baker(12) }, today)
    const old = await newestLink(baker(12))
    expect(await change(12, " ")).toBe("changed")
    const account = await accountOf(idOf(12))
    expect([account.username, await openInvitations(account.id)]).toEqual([baker(12), 0])
    expect(await viewPasswordLink(old, today)).toEqual({ state: "ended" })
    expect(await viewAccess(office, { partyId: idOf(12) }, today)).toMatchObject({ state: "no-email", email: null, mayChangeEmail: true, may: { invite: false } })
    await askPasswordLink({ username: baker(12) }, later(1))
    expect(await mailsTo(baker(12), "password-link")).toHaveLength(1)
    expect(await change(12, "twaalf@goed.test", later(1))).toBe("invited")
    expect((await accountOf(idOf(12))).username).toBe("twaalf@goed.test")
  })

  test("who was withdrawn or blocked is not invited by it", async () => {
    await withdrawInvitation(office, { partyId: idOf(13) }, today)
    await blockAccess(office, { partyId: idOf(14) }, today)
    expect([await change(13, "dertien@goed.test"), await change(14, "veertien@goed.test")]).toEqual(["changed", "changed"])
    for (const address of ["dertien@goed.test", "veertien@goed.test"]) expect(await mailsTo(address, "welcome-employee")).toEqual([])
    expect(await openInvitations((await accountOf(idOf(14))).id)).toBe(0)
    expect((await accountOf(idOf(13))).username).toBe("dertien@goed.test")
    await askPasswordLink({ username: "dertien@goed.test" }, later(1))
    expect(await mailsTo("dertien@goed.test", "password-link")).toEqual([])
  })

  test("a new import does the same", async () => {
    await askPasswordLink({ username: baker(15) }, today)
    const old = await newestLink(baker(15))
    await bringIn(office, employerId, "csv", Buffer.from(`nummer;email\n15;vijftien@goed.test\n16;${baker(16).toUpperCase()}`))
    expect([(await accountOf(idOf(15))).username, (await accountOf(idOf(16))).username]).toEqual(["vijftien@goed.test", baker(16)])
    expect(await viewPasswordLink(old, today)).toEqual({ state: "ended" })
    expect([await mailsTo("vijftien@goed.test", "welcome-employee"), await mailsTo(baker(16), "welcome-employee")].map((mails) => mails.length)).toEqual([1, 1])
  })

  test("while a first password is being chosen: either that was first and the username stays, or the link is over", async () => {
    for (const n of [3, 4]) {
      await askPasswordLink({ username: baker(n) }, today)
      const token = await newestLink(baker(n))
      const [chosen, changed] = await Promise.all([codeOf(choose(n, token, baker(n)).then(() => "inside")), change(n, `${n}@goed.test`)])
      expect([["inside", "told", baker(n)], ["link-ended", "invited", `${n}@goed.test`]]).toContainEqual([chosen, changed, (await accountOf(idOf(n))).username])
    }
  })
})

test("a client's own address is corrected by its office in the same way", async () => {
  const before = await accountOf(employerId)
  expect(before.username).toBe("werkgever@voorbeeld.test")
  expect(await changeContactEmail(office, { partyId: employerId, email: "directie@bakker.test" }, today)).toBe("invited")
  expect(await accountOf(employerId)).toEqual({ id: before.id, username: "directie@bakker.test" })
  expect(await mailsTo("directie@bakker.test", "welcome-employer")).toHaveLength(1)
})

test("without an account only the address changes", async () => {
  const other = await makeOffice()
  const client = await makeClient(other, "999990044L01")
  expect(await changeContactEmail(other, { partyId: client, email: "niemand@bakker.test" }, today)).toBe("changed")
  expect(await asSystem("operate", (tx) => tx.employer.findUnique({ where: { id: client }, select: { email: true } }))).toEqual({ email: "niemand@bakker.test" })
  expect(await asSystem("operate", (tx) => tx.mail.count({ where: { toAddress: "niemand@bakker.test" } }))).toBe(0)
})

describe("it is for who runs payroll", () => {
  test("not for another office, an employee, a reader, or an employer with an office", async () => {
    const input = { partyId: idOf(20), email: "kwaad@elders.test" }
    const stranger = await makeOffice()
    expect(await codeOf(changeContactEmail(stranger, input, today))).toBe("not-found")
    expect(await codeOf(changeContactEmail(stranger, { ...input, partyId: employerId }, today))).toBe("not-found")
    expect(await codeOf(changeContactEmail(office, { ...input, partyId: crypto.randomUUID() }, today))).toBe("not-found")
    expect(await codeOf(changeContactEmail(await viewerFor("employee", idOf(21)), { ...input, partyId: idOf(21) }, today))).toBe("forbidden")
    expect(await codeOf(changeContactEmail({ ...office, rank: "reader" }, input, today))).toBe("reader")
    const employer = await viewerFor("employer", employerId)
    expect(await codeOf(changeContactEmail(employer, input, today))).toBe("address-by-office")
    expect(await codeOf(changeContactEmail(employer, { ...input, partyId: employerId }, today))).toBe("not-found")
    expect((await viewAccess(employer, { partyId: idOf(20) }, today)).mayChangeEmail).toBe(false)
    expect(await mailsTo("kwaad@elders.test", "welcome-employee")).toEqual([])
  })

  test("an employer without an office changes that of its own people, and of nobody else's", async () => {
    const [own, other] = [await makeSelfRunning("999990032L01"), await makeSelfRunning("999990056L01")]
    await bringIn(own, null, "csv", Buffer.from("nummer;achternaam;email\n1;Bakker;fout@voorbeeld.test"))
    const { id } = await asSystem("operate", (tx) => tx.employee.findFirstOrThrow({ where: { employerId: own.partyId }, select: { id: true } }))
    expect(await codeOf(changeContactEmail(other, { partyId: id, email: "kwaad@elders.test" }, today))).toBe("not-found")
    expect(await changeContactEmail(own, { partyId: id, email: "goed@voorbeeld.test" }, today)).toBe("changed")
    expect((await viewAccess(own, { partyId: id }, today))).toMatchObject({ email: "goed@voorbeeld.test", mayChangeEmail: true })
  })

  test("what is no address is refused at its field", async () => {
    for (const email of ["thuis", "a@b.test, c@d.test", "a@b.test\r\nBcc: x@y.test"])
      await expect(change(20, email)).rejects.toMatchObject({ code: "email-invalid", details: { field: "email" } })
  })
})
