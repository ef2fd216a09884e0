import { afterAll, beforeAll, expect, test } from "vitest"
import { askPasswordLink } from "#domain/accounts/ask-password-link.ts"
import { choosePassword } from "#domain/accounts/choose-password.ts"
import { resetOfficeAccess } from "#domain/accounts/office-access.ts"
import { signIn } from "#domain/accounts/sign-in.ts"
import { openMail } from "#domain/mails/open-mail.ts"
import { beginCodeApp, confirmCodeApp, turnOffCodeApp, viewCodeAppSetUp } from "#domain/second-steps/code-app.ts"
import { confirmByPasskey, confirmByPassword } from "#domain/second-steps/confirm-holder.ts"
import { passSecondStep } from "#domain/second-steps/pass-second-step.ts"
import { addPasskey, askNewPasskey, askPasskey } from "#domain/second-steps/passkeys.ts"
import { putOffSecondStep } from "#domain/second-steps/put-off.ts"
import { isSecondStepOffered, viewSecurity } from "#domain/second-steps/view-security.ts"
import { checkSession } from "#domain/sessions/check-session.ts"
import { isConfirmed } from "#domain/sessions/is-confirmed.ts"
import { accountChanged } from "#mail/account-changed.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { newAuthenticator } from "../../support/authenticator.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, goodPassword, makeClient, makeOffice, sendOff, sessionOf, startWith, today } from "../../support/house.ts"
import { codeFor } from "../../support/totp.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const days = (count: number) => new Date(today.getTime() + count * 24 * 60 * 60_000)

beforeAll(async () => {
  const office = await makeOffice()
  const employerId = await makeClient(office)
  await bringInBakers(office, employerId)
  await sendOff(office, await startWith(office, employerId, "maart", ["loonstroken-maart-2026.pdf", "serie-overzichten-maart-2026.pdf"]))
})

/** Chooses a password with a link from the mail. */
async function choose(username: string, proof: string | null, at = today) {
  await askPasswordLink({ username }, at)
  const mail = await asSystem("operate", (tx) => tx.mail.findFirst({ where: { kind: "password-link", account: { username } }, orderBy: { id: "desc" }, select: { id: true } }))
  const token = (mail && (await openMail(mail.id))?.token) ?? ""
  return choosePassword({ token, proof, username, password: goodPassword, device: null }, at)
}

async function viewerOf(session: string, at = today): Promise<Viewer> {
  const viewer = await checkSession(session, at)
  if (!viewer) throw new Error("No session")
  return viewer
}

test("an employer that chooses its first password has to set up a second step first, and a reset never goes past that step (ASVS 6.4.3)", async () => {
  const session = sessionOf(await choose("werkgever@voorbeeld.test", "999990020L01"))
  const employer = await viewerOf(session)
  expect(employer).toMatchObject({ kind: "employer", mustSetUp: true })
  await expect(putOffSecondStep(employer, today)).rejects.toMatchObject({ code: "second-step-needed" })
  await beginCodeApp(employer, today)
  const secret = (await viewCodeAppSetUp(employer, today))?.secret ?? ""
  expect(await viewerOf(session)).toMatchObject({ mustSetUp: true })
  await confirmCodeApp(employer, { code: codeFor(secret, today) }, today)
  expect(await viewerOf(session)).toMatchObject({ mustSetUp: false })

  const reset = await choose("werkgever@voorbeeld.test", null, days(1))
  expect(reset).not.toHaveProperty("session")
  expect(await checkSession(session, today)).toBeNull()
  const pending = "pending" in reset ? reset.pending : ""
  expect(await checkSession(pending, days(1))).toBeNull()
  const { session: next } = await passSecondStep({ pending, code: codeFor(secret, days(1)) }, days(1))
  expect(await viewerOf(next, days(1))).toMatchObject({ mustSetUp: false })
})

test("the operator takes an office's second steps away together with its password", async () => {
  const office = await makeOffice()
  await asSystem("operate", (tx) => tx.office.updateMany({ where: { id: office.partyId }, data: { email: "kantoor@test.test" } }))
  await beginCodeApp(office, today)
  const codes = await confirmCodeApp(office, { code: codeFor((await viewCodeAppSetUp(office, today))?.secret ?? "", today) }, today)
  expect(codes).toHaveLength(10)
  await resetOfficeAccess({ clientNumber: office.username }, today)
  expect(await viewSecurity(office)).toMatchObject({ hasPassword: false, hasSecondStep: false, recoveryLeft: 0 })
})

test("who is signed in proves to be the holder by the password and a code, once, or by a passkey of the own account: by no less than signing in asks", async () => {
  const office = await makeOffice()
  const old = days(-1)
  const secretOf = async () => sessionOf(await signIn({ username: office.username, password: goodPassword, device: null }, old))
  const viewer = await viewerOf(await secretOf(), old)
  await beginCodeApp(viewer, old)
  const secret = (await viewCodeAppSetUp(viewer, old))?.secret ?? ""
  const [spare = ""] = await confirmCodeApp(viewer, { code: codeFor(secret, old) }, old)
  expect(await isConfirmed(viewer, today)).toBe(false)
  const prove = (code: string, given = goodPassword) => confirmByPassword(viewer, { password: given, code }, today)
  await expect(prove("")).rejects.toMatchObject({ code: "code-empty", details: { field: "code" } })
  await expect(prove(codeFor(secret, today, { away: 5 }))).rejects.toMatchObject({ code: "code-app-wrong" })
  await expect(prove(codeFor(secret, today), "niet het wachtwoord")).rejects.toMatchObject({ code: "password-wrong" })
  expect(await isConfirmed(viewer, today)).toBe(false)
  await prove(codeFor(secret, today))
  expect(await isConfirmed(viewer, today)).toBe(true)
  await expect(prove(codeFor(secret, today))).rejects.toMatchObject({ code: "code-app-wrong" })

  const later = days(1)
  const [key, foreign] = [newAuthenticator(), newAuthenticator()]
  for (const [one, holder] of [[key, viewer], [foreign, await makeOffice()]] as const) {
    const asked = await askNewPasskey(holder, later)
    await addPasskey(holder, { secret: asked.secret, answer: one.make(asked.options), name: "Sleutel" }, later)
  }
  for (const [one, isRight] of [[foreign, false], [key, true]] as const) {
    const asked = await askPasskey(viewer, later)
    const proof = confirmByPasskey(viewer, { secret: asked.secret, answer: one.sign(asked.options) }, later)
    expect(await proof.then(() => true, () => false)).toBe(isRight)
    expect(await isConfirmed(viewer, later)).toBe(isRight)
  }
  await turnOffCodeApp(viewer, later)
  const afterwards = (code: string) => confirmByPassword(viewer, { password: goodPassword, code }, days(2))
  await expect(afterwards("")).rejects.toMatchObject({ code: "code-empty" })
  await afterwards(spare)
  await expect(afterwards(spare)).rejects.toMatchObject({ code: "code-app-wrong" })
  await asSystem("operate", (tx) => tx.recoveryCode.deleteMany({ where: { accountId: viewer.accountId } }))
  await expect(afterwards("")).rejects.toMatchObject({ code: "confirm-by-passkey" })
})

test("each change of the ways in is mailed, also to the private address, with what happened and nothing about whom", async () => {
  const username = "medewerker4@voorbeeld.test"
  const employee = await viewerOf(sessionOf(await choose(username, "2000-10-21")))
  await asSystem("operate", (tx) => tx.employee.updateMany({ where: { id: employee.partyId }, data: { privateEmail: "thuis@test.test" } }))
  await beginCodeApp(employee, today)
  const secret = (await viewCodeAppSetUp(employee, today))?.secret ?? ""
  const [code = ""] = await confirmCodeApp(employee, { code: codeFor(secret, today) }, today)
  const entered = await signIn({ username, password: goodPassword, device: null }, today)
  await passSecondStep({ pending: "pending" in entered ? entered.pending : "", code }, today)
  await turnOffCodeApp(employee, today)
  const rows = await asSystem("operate", (tx) => tx.mail.findMany({ where: { accountId: employee.accountId, kind: "account-changed" }, orderBy: { id: "asc" }, select: { id: true } }))
  const mails = await Promise.all(rows.map((row) => openMail(row.id)))
  expect(mails.map((mail) => `${mail?.token} ${mail?.toAddress}`).toSorted()).toEqual(
    ["recovery-code-used", "second-step-off", "second-step-on"].flatMap((what) => [`${what} ${username}`, `${what} thuis@test.test`]),
  )
  const letters = mails.map((mail) => accountChanged({ locale: "nl", what: mail?.token ?? "", at: today, url: "https://portaal.test" }))
  expect(new Set(letters.map((letter) => letter.text)).size).toBe(3)
  expect(letters.every(({ text, subject }) => !/medewerker|thuis@|\d{3}|[0-9A-Z]{4}-/.test(text + subject) && text.includes("https://portaal.test/beveiliging"))).toBe(true)
})

test("an employee is offered a second step, may choose \"Later\", and is asked again after thirty days", async () => {
  const employee = await viewerOf(sessionOf(await choose("medewerker2@voorbeeld.test", "1998-11-03")))
  expect(employee).toMatchObject({ kind: "employee", mustSetUp: false })
  expect(await isSecondStepOffered(employee, today)).toBe(true)
  await putOffSecondStep(employee, today)
  expect([await isSecondStepOffered(employee, days(29)), await isSecondStepOffered(employee, days(31))]).toEqual([false, true])
  await beginCodeApp(employee, days(31))
  const secret = (await viewCodeAppSetUp(employee, days(31)))?.secret ?? ""
  await confirmCodeApp(employee, { code: codeFor(secret, days(31)) }, days(31))
  expect(await isSecondStepOffered(employee, days(90))).toBe(false)
})
