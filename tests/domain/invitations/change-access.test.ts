import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { askPasswordLink } from "#domain/accounts/ask-password-link.ts"
import { choosePassword } from "#domain/accounts/choose-password.ts"
import { blockAccess, invite, unblockAccess, withdrawInvitation } from "#domain/invitations/change-access.ts"
import { viewAccess } from "#domain/invitations/view-access.ts"
import { openMail } from "#domain/mails/open-mail.ts"
import { checkSession } from "#domain/sessions/check-session.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, goodPassword, makeClient, makeOffice, sendOff, sessionOf, startWith, today, viewerFor } from "../../support/house.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const baker = (n: number) => `medewerker${n}@voorbeeld.test`
const later = (minutes: number) => new Date(today.getTime() + minutes * 60_000)
const choose = (n: number, token: string, proof: string) => ({ token, proof, username: baker(n), password: goodPassword, device: null })
let office: Viewer
let employerId: string

async function partyOf(n: number): Promise<string> {
  const found = await asSystem("operate", (tx) => tx.employee.findFirst({ where: { contactEmail: baker(n) }, select: { id: true } }))
  return found?.id ?? ""
}

async function mailsTo(n: number, kind: string): Promise<string[]> {
  const mails = await asSystem("operate", (tx) => tx.mail.findMany({ where: { kind, toAddress: baker(n) }, orderBy: { id: "desc" }, select: { id: true } }))
  return mails.map((mail) => mail.id)
}

async function tokenFor(n: number, now: Date): Promise<string> {
  await askPasswordLink({ username: baker(n) }, now)
  const [newest = ""] = await mailsTo(n, "password-link")
  return (await openMail(newest))?.token ?? ""
}

beforeAll(async () => {
  office = await makeOffice()
  employerId = await makeClient(office)
  await bringInBakers(office, employerId)
  await sendOff(office, await startWith(office, employerId, "maart", ["loonstroken-maart-2026.pdf"]))
})

describe("an invitation", () => {
  test("that is withdrawn stops a link that was mailed and mails no other; a new one opens the way again", async () => {
    const partyId = await partyOf(1)
    const token = await tokenFor(1, today)
    await withdrawInvitation(office, { partyId }, today)
    await expect(choosePassword(choose(1, token, "1986-04-16"), today)).rejects.toMatchObject({ code: "invitation-withdrawn" })
    await askPasswordLink({ username: baker(1) }, today)
    expect(await mailsTo(1, "password-link")).toHaveLength(1)
    await expect(withdrawInvitation(office, { partyId }, today)).rejects.toMatchObject({ code: "invitation-none" })
    await invite(office, { partyId }, later(1))
    expect(await mailsTo(1, "welcome-employee")).toHaveLength(2)
    expect(await choosePassword(choose(1, await tokenFor(1, later(2)), "1986-04-16"), later(2))).toBeTruthy()
    await expect(invite(office, { partyId }, later(3))).rejects.toMatchObject({ code: "access-active" })
    await expect(withdrawInvitation(office, { partyId }, later(3))).rejects.toMatchObject({ code: "invitation-none" })
  })

  test("allows five wrong dates of birth over all links; then only a new invitation helps", async () => {
    const [first, second] = [await tokenFor(3, today), await tokenFor(3, later(1))]
    for (const token of [first, second, first, second]) await expect(choosePassword(choose(3, token, "2000-01-01"), later(1))).rejects.toMatchObject({ code: "proof-wrong" })
    await expect(choosePassword(choose(3, second, "2000-01-01"), later(1))).rejects.toMatchObject({ code: "invitation-tries-used" })
    await expect(choosePassword(choose(3, first, "2003-01-11"), later(1))).rejects.toMatchObject({ code: "invitation-tries-used" })
    const before = (await mailsTo(3, "password-link")).length
    await askPasswordLink({ username: baker(3) }, later(2))
    expect(await mailsTo(3, "password-link")).toHaveLength(before)
    await invite(office, { partyId: await partyOf(3) }, later(3))
    expect(await choosePassword(choose(3, await tokenFor(3, later(4)), "2003-01-11"), later(4))).toBeTruthy()
  })

  test("sent twice at once leaves one that can be used", async () => {
    const partyId = await partyOf(4)
    await Promise.all([invite(office, { partyId }, later(1)), invite(office, { partyId }, later(1))])
    const open = await asSystem("operate", (tx) => tx.invitation.count({ where: { partyId, usedAt: null, withdrawnAt: null, replacedAt: null } }))
    expect(open).toBe(1)
  })

  test("is not for another office, an employee or a reader to send, withdraw or block", async () => {
    const partyId = await partyOf(5)
    const stranger = await makeOffice()
    for (const change of [invite, withdrawInvitation, blockAccess, unblockAccess]) {
      await expect(change(stranger, { partyId }, today)).rejects.toMatchObject({ status: 404 })
      await expect(change(stranger, { partyId: employerId }, today)).rejects.toMatchObject({ status: 404 })
      await expect(change(await viewerFor("employee", partyId), { partyId }, today)).rejects.toMatchObject({ status: 403 })
      await expect(change({ ...office, rank: "reader" }, { partyId }, today)).rejects.toMatchObject({ code: "reader" })
    }
  })
})

test("the state of somebody's access is told to the employer and its office, with what they may do; a reader may do nothing, and nobody else sees it", async () => {
  const partyId = await partyOf(6)
  const employer = await viewerFor("employer", employerId)
  for (const viewer of [office, employer]) expect(await viewAccess(viewer, { partyId }, later(1))).toMatchObject({ state: "invited", since: today, may: { invite: true, withdraw: true, block: true, unblock: false } })
  await asSystem("operate", (tx) => tx.mail.updateMany({ where: { kind: "welcome-employee", toAddress: baker(6) }, data: { state: "failed", failure: "mail-refused" } }))
  expect(await viewAccess(employer, { partyId }, later(1))).toMatchObject({ state: "bounced" })
  await withdrawInvitation(employer, { partyId }, later(2))
  expect(await viewAccess(office, { partyId }, later(2))).toMatchObject({ state: "withdrawn", may: { invite: true, withdraw: false } })
  await invite(office, { partyId }, later(3))
  expect(await viewAccess({ ...office, rank: "reader" }, { partyId }, later(3))).toMatchObject({ state: "invited", may: { invite: false, withdraw: false, block: false, unblock: false } })
  expect(await viewAccess(office, { partyId }, later(5 * 24 * 60))).toMatchObject({ state: "expired" })
  await blockAccess(office, { partyId }, later(4))
  expect(await viewAccess(office, { partyId }, later(4))).toMatchObject({ state: "blocked", since: later(4), may: { invite: false, unblock: true } })
  await expect(viewAccess(await makeOffice(), { partyId }, today)).rejects.toMatchObject({ status: 404 })
  await expect(viewAccess(await viewerFor("employee", partyId), { partyId }, today)).rejects.toMatchObject({ status: 403 })
})

test("blocking ends the sessions at once, and unblocking lets the same person in again", async () => {
  const partyId = await partyOf(2)
  const secret = sessionOf(await choosePassword(choose(2, await tokenFor(2, today), "1998-11-03"), today))
  expect(await checkSession(secret, today)).not.toBeNull()
  await blockAccess(office, { partyId }, today)
  await blockAccess(office, { partyId }, today)
  expect(await checkSession(secret, today)).toBeNull()
  await expect(invite(office, { partyId }, today)).rejects.toMatchObject({ code: "access-blocked" })
  await askPasswordLink({ username: baker(2) }, later(1))
  expect(await mailsTo(2, "password-link")).toHaveLength(1)
  await unblockAccess(office, { partyId }, today)
  expect(sessionOf(await choosePassword({ ...choose(2, await tokenFor(2, later(2)), "1998-11-03"), password: "acht rode fietsen onderweg" }, later(2)))).toBeTruthy()
})
