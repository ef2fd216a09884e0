import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { askPasswordLink } from "#domain/accounts/ask-password-link.ts"
import { choosePassword } from "#domain/accounts/choose-password.ts"
import { confirmAddress } from "#domain/accounts/confirm-address.ts"
import { holdAccount } from "#domain/accounts/hold-account.ts"
import { linkEmployment } from "#domain/accounts/link-employment.ts"
import { changePrivateEmail } from "#domain/accounts/private-email.ts"
import { signIn } from "#domain/accounts/sign-in.ts"
import { viewDossier } from "#domain/dossiers/view-dossier.ts"
import { blockAccess, invite } from "#domain/invitations/change-access.ts"
import { resetSecondStep, takeAccess } from "#domain/invitations/take-access.ts"
import { viewAccess } from "#domain/invitations/view-access.ts"
import { passSecondStep } from "#domain/second-steps/pass-second-step.ts"
import { addPasskey, askNewPasskey, askPasskey } from "#domain/second-steps/passkeys.ts"
import { signInWithPasskey } from "#domain/second-steps/sign-in-with-passkey.ts"
import { viewSecurity } from "#domain/second-steps/view-security.ts"
import { checkSession } from "#domain/sessions/check-session.ts"
import { rememberBrowser } from "#domain/sessions/seen-device.ts"
import { switchRole } from "#domain/sessions/switch-role.ts"
import { addStaff } from "#domain/staff/change-staff.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { newAuthenticator } from "../../support/authenticator.ts"
import { useDatabase } from "../../support/database.ts"
import { bringIn, goodPassword, makeClient, makeOffice, today, viewerFor } from "../../support/house.ts"
import { codeFor } from "../../support/totp.ts"
import { accountOf, bornOn, bringInPeople, codeOf, enterBy, inside, insideWith, invitedLink, linkFor, newestToken, toldOf, withCodeApp, type Inside } from "../accounts/people.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const device = null
const later = (minutes: number) => new Date(today.getTime() + minutes * 60_000)
let office: Viewer
let otherOffice: Viewer
let employer: Viewer
let employerId: string
let people: Map<string, string>
let elsewhere: Map<string, string>
let person = 0
let email = ""
let partyId = ""
let who: Inside

beforeAll(async () => {
  const names = Array.from({ length: 20 }, (_one, index) => `Persoon${index + 1}`)
  ;[office, otherOffice] = [await makeOffice(), await makeOffice()]
  employerId = await makeClient(office, "999990020L01")
  employer = await viewerFor("employer", employerId)
  people = await bringInPeople(office, employerId, names)
  elsewhere = await bringInPeople(otherOffice, await makeClient(otherOffice, "999990032L01"), names.map((one) => `${one}b`))
})

beforeEach(async () => {
  const name = `Persoon${++person}`
  email = `${name.toLowerCase()}@werk.test`
  partyId = people.get(name) ?? ""
  who = await enterBy(await invitedLink(office, partyId), email)
})

/** The same person at another employer, in the same account; the session goes on with another secret. */
async function alsoElsewhere(): Promise<string> {
  const other = elsewhere.get(`Persoon${person}b`) ?? ""
  who = await insideWith(await linkEmployment(who.viewer, { token: await invitedLink(otherOffice, other), proof: bornOn }, today))
  return other
}

/** How many transactions wait for another. */
const waiting = () => asSystem("operate", (tx) => tx.$queryRaw<{ count: number }[]>`select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`).then(([row]) => row?.count)

const choose = (token: string, username = email) => choosePassword({ token, proof: bornOn, username, password: goodPassword, device }, today)

describe("a login that is taken away", () => {
  test("ends at once, with session, links and username; dossier and files stay, and an invitation begins anew with another account", async () => {
    const { accountId } = who.viewer
    const link = await linkFor({ id: accountId, username: email })
    const dossier = await asSystem("operate", (tx) => tx.dossier.findFirst({ where: { ownerId: partyId }, select: { id: true } }))
    await takeAccess(employer, { partyId }, today)
    expect(await checkSession(who.secret, today)).toBeNull()
    expect(await codeOf(choose(link))).toMatch(/^link-/)
    expect(await codeOf(inside(email))).toBe("sign-in-failed")
    expect(await toldOf(accountId, "access-taken")).toEqual([email])
    expect(await viewAccess(office, { partyId }, today)).toMatchObject({ state: "taken-away", may: { invite: true, take: false, resetStep: false } })
    expect(await asSystem("operate", (tx) => tx.dossier.findFirst({ where: { ownerId: partyId }, select: { id: true } }))).toEqual(dossier)
    expect(await codeOf(takeAccess(employer, { partyId }, today))).toBe("access-none")

    const again = await enterBy(await invitedLink(office, partyId, later(1)), email, bornOn, later(2))
    expect(again.viewer.accountId).not.toBe(accountId)
    expect(await viewAccess(office, { partyId }, later(3))).toMatchObject({ state: "active" })
    expect((await viewDossier(again.viewer, { year: null }, later(3))).files.year).toBeGreaterThan(2000)
  })

  test("lets in nobody who had it: not by the private address, passkey, code, waiting sign-in or known browser of before", async () => {
    const { viewer } = who
    await changePrivateEmail(viewer, { address: `oud${person}@thuis.test` }, today)
    await confirmAddress(viewer, { token: await newestToken("confirm-address", viewer.accountId) }, today)
    const key = newAuthenticator()
    const made = await askNewPasskey(viewer, today)
    await addPasskey(viewer, { secret: made.secret, answer: key.make(made.options), name: "telefoon" }, today)
    const secret = await withCodeApp(viewer)
    await rememberBrowser(viewer, null, today)
    const waiting = await signIn({ username: email, password: goodPassword, device }, today)
    await takeAccess(office, { partyId }, today)
    await invite(office, { partyId }, today)
    const fresh = await accountOf(partyId)
    await askPasswordLink({ username: fresh.username }, today)
    const mailed = await asSystem("operate", (tx) => tx.mail.findMany({ where: { accountId: fresh.id }, select: { toAddress: true } }))
    expect(new Set(mailed.map(({ toAddress }) => toAddress))).toEqual(new Set([email]))
    const asked = await askPasskey(null, today)
    expect(await codeOf(signInWithPasskey({ secret: asked.secret, answer: key.sign(asked.options), device }, today))).toBe("passkey-refused")
    expect(await codeOf(passSecondStep({ pending: "pending" in waiting ? waiting.pending : "", code: codeFor(secret, today) }, today))).toBe("second-step-over")
    expect(await asSystem("operate", (tx) => tx.knownDevice.count({ where: { accountId: viewer.accountId } }))).toBe(0)
    expect(await codeOf(inside(fresh.username))).toBe("sign-in-failed")
  })

  test("leaves the other roles of the account alone, and the session in another role goes on", async () => {
    const other = await alsoElsewhere()
    const atOther = await insideWith(await switchRole(who.viewer, { partyId: other, device }, today))
    await takeAccess(office, { partyId }, today)
    expect(await checkSession(atOther.secret, today)).not.toBeNull()
    expect(await codeOf(switchRole(atOther.viewer, { partyId, device }, today))).toBe("not-found")
    const { viewer } = await inside(email)
    expect(viewer).toMatchObject({ accountId: who.viewer.accountId, partyId: other })
    await invite(office, { partyId }, today)
    expect((await accountOf(partyId)).id).not.toBe(viewer.accountId)
  })

  test("comes back in the same account when its holder adds the new invitation; an old session of that role stays ended", async () => {
    await alsoElsewhere()
    await takeAccess(office, { partyId }, today)
    expect(await checkSession(who.secret, today)).toBeNull()
    const { viewer } = await inside(email)
    await linkEmployment(viewer, { token: await invitedLink(office, partyId), proof: bornOn }, today)
    expect((await accountOf(partyId)).id).toBe(viewer.accountId)
    expect(await checkSession(who.secret, today)).toBeNull()
  })

  test("while its holder signs in at the same moment: nobody is inside afterwards", async () => {
    const { accountId } = who.viewer
    const other = await alsoElsewhere()
    const late = await asSystem("sign-in", async (tx) => {
      await holdAccount(tx, accountId)
      const taken = takeAccess(office, { partyId }, today)
      await expect.poll(waiting).toBe(1)
      const asked = codeOf(signIn({ username: email, password: goodPassword, device }, today))
      await expect.poll(waiting).toBe(2)
      return { taken, asked }
    })
    await late.taken
    expect(await late.asked).toBe("sign-in-failed")
    expect(await asSystem("operate", (tx) => tx.session.count({ where: { accountId, partyId, endedAt: null } }))).toBe(0)
    expect((await inside(email)).viewer.partyId).toBe(other)
  })

  test("withdraws an invitation that was open: its link chooses no password", async () => {
    await takeAccess(office, { partyId }, today)
    const link = await invitedLink(office, partyId)
    const { id } = await accountOf(partyId)
    await takeAccess(office, { partyId }, today)
    expect(await codeOf(choose(link))).toMatch(/^link-/)
    expect(await asSystem("operate", (tx) => tx.invitation.count({ where: { accountId: id, withdrawnAt: null } }))).toBe(0)
    expect(await toldOf(id, "access-taken")).toEqual([])
  })
})

test("neither is for another office, another client's employer, a colleague, the person, a reader, or who has other clients", async () => {
  await withCodeApp(who.viewer)
  const stranger = await makeOffice()
  const colleague = await enterBy(await invitedLink(office, people.get("Persoon20") ?? ""), "persoon20@werk.test")
  const otherClient = await makeClient(office, "999990044L01")
  await addStaff(office, { name: "Beperkt", email: "beperkt@kantoor.test", rank: "member", clients: [otherClient] }, today)
  const account = await asSystem("operate", (tx) => tx.account.findFirstOrThrow({ where: { email: "beperkt@kantoor.test" }, select: { id: true, username: true } }))
  const limited = await enterBy(await linkFor(account), account.username, null)
  const otherEmployer = await viewerFor("employer", otherClient)
  for (const change of [takeAccess, resetSecondStep]) {
    for (const one of [stranger, otherOffice, otherEmployer, limited.viewer]) expect(await codeOf(change(one, { partyId }, today))).toBe("not-found")
    for (const one of [stranger, otherOffice, otherEmployer, limited.viewer, employer]) expect(await codeOf(change(one, { partyId: employerId }, today))).toBe("not-found")
    for (const one of [colleague.viewer, who.viewer]) expect(await codeOf(change(one, { partyId }, today))).toBe("forbidden")
    for (const one of [office, employer]) expect(await codeOf(change({ ...one, rank: "reader" }, { partyId }, today))).toBe("reader")
    for (const id of [office.partyId, limited.viewer.partyId, crypto.randomUUID()]) expect(await codeOf(change(office, { partyId: id }, today))).toBe("not-found")
  }
  expect(await viewSecurity(who.viewer)).toMatchObject({ hasSecondStep: true })
  expect(await checkSession(who.secret, today)).not.toBeNull()
})

describe("who leaves", () => {
  const payroll = (end: string) => bringIn(office, employerId, "csv", new TextEncoder().encode(`nummer;achternaam;uitdienst\n${person};Persoon${person};${end}`))

  test("keeps reading the own dossier with the same login, and gets a link; not once blocked", async () => {
    await payroll("31-01-2026")
    expect((await asSystem("operate", (tx) => tx.employee.findUnique({ where: { id: partyId }, select: { employedTo: true } })))?.employedTo).toEqual(new Date("2026-01-31"))
    const { viewer } = await inside(email)
    expect((await viewDossier(viewer, { year: null }, today)).files.year).toBeGreaterThan(2000)
    expect(await linkFor({ id: viewer.accountId, username: email })).not.toBe("")
    await blockAccess(office, { partyId }, today)
    expect(await codeOf(inside(email))).toBe("sign-in-failed")
    await expect(viewDossier(viewer, { year: null }, today)).rejects.toMatchObject({ status: 404 })
  })

  test("and comes back at the same employer has the same dossier and the same login", async () => {
    await payroll("31-01-2026")
    await payroll("")
    const back = await asSystem("operate", (tx) => tx.employee.findMany({ where: { employerId, number: String(person) }, select: { id: true } }))
    expect(back).toEqual([{ id: partyId }])
    expect((await inside(email)).viewer).toMatchObject({ accountId: who.viewer.accountId, partyId })
  })
})
