import { setTimeout } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { typedValues } from "#auth/typed-values.ts"
import { updatePassword } from "#domain/accounts/account-repository.ts"
import { addRole } from "#domain/accounts/add-role.ts"
import { askPasswordLink } from "#domain/accounts/ask-password-link.ts"
import { changePassword } from "#domain/accounts/change-password.ts"
import { choosePassword } from "#domain/accounts/choose-password.ts"
import { confirmAddress } from "#domain/accounts/confirm-address.ts"
import { holdAccount } from "#domain/accounts/hold-account.ts"
import { resetOfficeAccess } from "#domain/accounts/office-access.ts"
import { changePrivateEmail } from "#domain/accounts/private-email.ts"
import { signIn } from "#domain/accounts/sign-in.ts"
import { blockAccess, invite, unblockAccess, withdrawInvitation } from "#domain/invitations/change-access.ts"
import { openMail } from "#domain/mails/open-mail.ts"
import { beginCodeApp, confirmCodeApp, viewCodeAppSetUp } from "#domain/second-steps/code-app.ts"
import { confirmByPassword } from "#domain/second-steps/confirm-holder.ts"
import { passSecondStep } from "#domain/second-steps/pass-second-step.ts"
import { addPasskey, askNewPasskey, askPasskey } from "#domain/second-steps/passkeys.ts"
import { signInWithPasskey } from "#domain/second-steps/sign-in-with-passkey.ts"
import { beginSession } from "#domain/sessions/begin-session.ts"
import { checkSession } from "#domain/sessions/check-session.ts"
import { endAllOwnSessions } from "#domain/sessions/own-sessions.ts"
import { switchRole } from "#domain/sessions/switch-role.ts"
import { addStaff, removeStaff } from "#domain/staff/change-staff.ts"
import { listStaff } from "#domain/staff/list-staff.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { hashPassword } from "#platform/passwords.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { newAuthenticator } from "../../support/authenticator.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, goodPassword, makeClient, makeOffice, sessionOf, today, viewerFor } from "../../support/house.ts"
import { codeFor } from "../../support/totp.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const another = "drie blauwe paraplu's in maart"
const device = null
let office: Viewer
let employerId: string
let people: string[]

beforeAll(async () => {
  office = await makeOffice()
  employerId = await makeClient(office)
  people = [...(await bringInBakers(office, employerId)).values()]
})

let next = 0
/** An employee with a password, and when asked a second employment. */
async function newcomer({ roles = 1 } = {}): Promise<{ username: string; other: string }> {
  const username = `aanval${next}@test.test`
  const { accountId } = await viewerFor("employee", people[next++] ?? "", username)
  const other = people.at(-next) ?? ""
  if (roles === 2) await asSystem("operate", (tx) => addRole(tx, { accountId, partyId: other }, today))
  return { username, other }
}

async function inside(username: string, password = goodPassword): Promise<{ secret: string; viewer: Viewer }> {
  const secret = sessionOf(await signIn({ username, password, device }, today))
  return { secret, viewer: await viewerOf(secret) }
}

const viewerOf = async (secret: string): Promise<Viewer> => (await checkSession(secret, today)) ?? Promise.reject(new Error("not inside"))

const codeOf = (work: Promise<unknown>) => work.then(() => "done", (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : String(error)))
const liveSessions = (accountId: string) => asSystem("operate", (tx) => tx.session.count({ where: { accountId, endedAt: null } }))

async function tokenOf(kind: string, username: string): Promise<string> {
  const mail = await asSystem("operate", (tx) => tx.mail.findFirst({ where: { kind, account: { username } }, orderBy: { id: "desc" }, select: { id: true } }))
  return (mail && (await openMail(mail.id))?.token) ?? ""
}

async function askedLink(username: string): Promise<string> {
  await askPasswordLink({ username }, today)
  return tokenOf("password-link", username)
}

async function withCodeApp(viewer: Viewer): Promise<string> {
  await beginCodeApp(viewer, today)
  const secret = (await viewCodeAppSetUp(viewer, today))?.secret ?? ""
  await confirmCodeApp(viewer, { code: codeFor(secret, today, { away: -1 }) }, today)
  return secret
}

describe("what ends sessions ends also the one that begins at the same moment", () => {
  test("by the old password, while another is chosen", async () => {
    const { username } = await newcomer()
    const { viewer } = await inside(username)
    const late = await asSystem("sign-in", async (tx) => {
      await holdAccount(tx, viewer.accountId)
      await updatePassword(tx, viewer.accountId, await hashPassword(another))
      const asked = codeOf(signIn({ username, password: goodPassword, device }, today))
      await setTimeout(800)
      return { asked }
    })
    expect(await late.asked).toBe("sign-in-failed")
    expect(await liveSessions(viewer.accountId)).toBe(1)
  })

  test("by whichever way, while one signs out everywhere", async () => {
    const { username } = await newcomer()
    const { viewer } = await inside(username)
    const ended = await asSystem("sign-in", async (tx) => {
      await beginSession(tx, { ...viewer, device }, today)
      const all = endAllOwnSessions(viewer, today)
      await setTimeout(400)
      return { all }
    })
    await ended.all
    expect(await liveSessions(viewer.accountId)).toBe(0)
  })

  test("by another role, while one signs out everywhere", async () => {
    for (let times = 0; times < 5; times++) {
      const { username, other } = await newcomer({ roles: 2 })
      const { viewer } = await inside(username)
      const answers = await Promise.all([codeOf(switchRole(viewer, { partyId: other, device }, today)), codeOf(endAllOwnSessions(viewer, today))])
      expect(answers.filter((one) => one !== "done" && one !== "signed-out")).toEqual([])
      expect(await liveSessions(viewer.accountId)).toBe(0)
    }
  })

  test("and of two who choose another password at once, with the same one they have, one does", async () => {
    const { username } = await newcomer()
    const [one, two] = [await inside(username), await inside(username)]
    const choose = ({ viewer }: { viewer: Viewer }, password: string) => codeOf(changePassword(viewer, { current: goodPassword, password, endOthers: false }, today))
    expect((await Promise.all([choose(one, another), choose(two, `${another} erbij`)])).toSorted()).toEqual(["done", "password-wrong"])
  })
})

test("a right password that waits for its second step waits no more once the password is another, or everything was signed out", async () => {
  const { username } = await newcomer()
  const { viewer } = await inside(username)
  const secret = await withCodeApp(viewer)
  const wait = (password: string) => signIn({ username, password, device }, today).then((entered) => ("pending" in entered ? entered.pending : ""))
  const first = await wait(goodPassword)
  await changePassword(viewer, { current: goodPassword, password: another, endOthers: false }, today)
  expect(await codeOf(passSecondStep({ pending: first, code: codeFor(secret, today) }, today))).toBe("second-step-over")
  const second = await wait(another)
  await endAllOwnSessions(viewer, today)
  expect(await codeOf(passSecondStep({ pending: second, code: codeFor(secret, today) }, today))).toBe("second-step-over")
  const third = await wait(another)
  const token = await askedLink(username)
  await choosePassword({ token, proof: null, username, password: goodPassword, device }, today)
  expect(await codeOf(passSecondStep({ pending: third, code: codeFor(secret, today) }, today))).toBe("second-step-over")
})

test("an address at work that somebody else has now lets in who is added there, and not whoever had it before by an old passkey or link", async () => {
  const [email, { username, ...rights }] = ["administratie@kantoor.test", { username: "administratie@kantoor.test", name: "Administratie", email: "administratie@kantoor.test", rank: "member" as const, clients: null }]
  await addStaff(office, rights, today)
  const before = await viewerOf(sessionOf(await choosePassword({ token: await askedLink(username), proof: null, username, password: goodPassword, device }, today)))
  const key = newAuthenticator()
  const made = await askNewPasskey(before, today)
  await addPasskey(before, { secret: made.secret, answer: key.make(made.options), name: "telefoon" }, today)
  const old = await askedLink(username)
  const roleId = (await listStaff(office)).find((one) => one.email === email)?.roleId ?? ""
  await removeStaff(office, { roleId }, today)
  await addStaff(office, { ...rights, name: "Opvolger" }, today)
  const asked = await askPasskey(null, today)
  expect(await codeOf(signInWithPasskey({ secret: asked.secret, answer: key.sign(asked.options), device }, today))).toBe("passkey-refused")
  expect(await codeOf(choosePassword({ token: old, proof: null, username, password: goodPassword, device }, today))).toBe("link-ended")
  expect(await codeOf(askedLink(username).then((token) => choosePassword({ token, proof: null, username, password: another, device }, today).then(sessionOf)))).toBe("done")
})

describe("links that were mailed before", () => {
  test("open nothing after the private address they went to was changed or taken away", async () => {
    const { username } = await newcomer()
    const { viewer } = await inside(username)
    const first = await askedLink(username)
    await changePrivateEmail(viewer, { address: "thuis@prive.test" }, today)
    await confirmAddress(viewer, { token: await tokenOf("confirm-address", username) }, today)
    const second = await askedLink(username)
    await changePrivateEmail(viewer, { address: "" }, today)
    for (const token of [first, second]) expect(await codeOf(choosePassword({ token, proof: null, username, password: another, device }, today))).toBe("link-ended")
    const told = await asSystem("operate", (tx) => tx.mail.findMany({ where: { accountId: viewer.accountId, kind: "account-changed", toAddress: "thuis@prive.test" }, select: { id: true } }))
    expect(await Promise.all(told.map(async ({ id }) => (await openMail(id))?.token))).toEqual(["private-email-changed", "private-email-changed"])
  })

  test("open nothing after the operator took an office's access back", async () => {
    const other = await makeOffice()
    await asSystem("operate", (tx) => tx.office.update({ where: { id: other.partyId }, data: { email: "oud@kantoor.test" } }))
    const token = await askedLink(other.username)
    await asSystem("operate", (tx) => tx.office.update({ where: { id: other.partyId }, data: { email: "nieuw@kantoor.test" } }))
    await resetOfficeAccess({ clientNumber: other.username }, today)
    expect(await codeOf(choosePassword({ token, proof: null, username: other.username, password: another, device }, today))).toBe("link-ended")
  })
})

test("two who choose one username at once by a link: one gets it, the other is told", async () => {
  const both = [await newcomer(), await newcomer()]
  const tokens = [await askedLink(both[0]?.username ?? ""), await askedLink(both[1]?.username ?? "")]
  const answers = await Promise.all(tokens.map((token) => codeOf(choosePassword({ token, proof: null, username: "de-enige-echte", password: another, device }, today))))
  expect(answers.toSorted()).toEqual(["done", "username-taken"])
})

test("who chooses another password by a link is told by mail; the first password is no news", async () => {
  const { username } = await newcomer()
  await choosePassword({ token: await askedLink(username), proof: null, username, password: another, device }, today)
  expect(await tokenOf("account-changed", username)).toBe("password-changed")
})

test("going back and forth between roles gives a stolen session no more tries at the password", async () => {
  const { username, other } = await newcomer({ roles: 2 })
  let { viewer } = await inside(username)
  const codes: string[] = []
  for (let times = 0; times < 60; times++) {
    if (times % 9 === 8) viewer = await viewerOf(await switchRole(viewer, { partyId: viewer.partyId === other ? (people[next - 1] ?? "") : other, device }, today))
    codes.push(await codeOf(confirmByPassword(viewer, { password: "niet het wachtwoord", code: "" }, today)))
  }
  expect(codes.at(-1)).toBe("password-wrong-too-many")
})

test("an employee who acts for an employer too has to set up a second step in either role: what is unread is shown over both", async () => {
  const { username } = await newcomer()
  const { viewer, secret } = await inside(username)
  expect(viewer.mustSetUp).toBe(false)
  await asSystem("operate", (tx) => tx.account.update({ where: { id: viewer.accountId }, data: { mayPutOffSecondStep: false } }))
  expect(await viewerOf(secret)).toMatchObject({ kind: "employee", mustSetUp: false })
  await asSystem("operate", (tx) => addRole(tx, { accountId: viewer.accountId, partyId: employerId }, today))
  expect(await viewerOf(secret)).toMatchObject({ kind: "employee", mustSetUp: true })
  await asSystem("operate", (tx) => tx.accountRole.updateMany({ where: { accountId: viewer.accountId, partyId: employerId }, data: { blockedAt: today } }))
  expect(await viewerOf(secret)).toMatchObject({ kind: "employee", mustSetUp: false })
})

test("what is sent back to a form holds no password, under whichever name the form has it", () => {
  const form = new FormData()
  for (const name of ["username", "password", "current", "token"]) form.set(name, "zeven groene fietsen")
  expect(typedValues(form)).toEqual({ username: "zeven groene fietsen" })
})

test("who may only read, or has other clients, neither invites nor blocks anybody, by whichever id", async () => {
  const [otherId, partyId] = [await makeClient(office, "999990044L01"), people.at(-1) ?? ""]
  const join = async (email: string, rights: { rank: "member" | "reader"; clients: string[] | null }) => {
    await addStaff(office, { name: "Iemand", email, ...rights }, today)
    return viewerOf(sessionOf(await choosePassword({ token: await askedLink(email), proof: null, username: email, password: another, device }, today)))
  }
  const limited = await join("beperkt@kantoor.test", { rank: "member", clients: [otherId] })
  const reader = await join("lezer@kantoor.test", { rank: "reader", clients: null })
  for (const change of [invite, blockAccess, unblockAccess, withdrawInvitation]) {
    for (const id of [partyId, employerId]) expect(await codeOf(change(limited, { partyId: id }, today))).toBe("not-found")
    expect(await codeOf(change(reader, { partyId }, today))).toBe("reader")
    for (const id of [office.partyId, limited.partyId]) expect(await codeOf(change(office, { partyId: id }, today))).toBe("not-found")
  }
})
