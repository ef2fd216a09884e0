import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { askPasswordLink } from "#domain/accounts/ask-password-link.ts"
import { choosePassword } from "#domain/accounts/choose-password.ts"
import { blockAccess, invite, withdrawInvitation } from "#domain/invitations/change-access.ts"
import { askLinkByInvitation, renewInvitation } from "#domain/invitations/use-invitation.ts"
import { viewInvitation } from "#domain/invitations/view-invitation.ts"
import { closeMail } from "#domain/mails/close-mail.ts"
import { openMail } from "#domain/mails/open-mail.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, goodPassword, makeClient, makeOffice, today } from "../../support/house.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const baker = (n: number) => `medewerker${n}@voorbeeld.test`
const later = (minutes: number) => new Date(today.getTime() + minutes * 60_000)
const fourDays = 4 * 24 * 60
const choose = (n: number, token: string, proof: string) => ({ token, proof, username: baker(n), password: goodPassword, device: null })
let office: Viewer
let employerId: string
let people: Map<string, string>
const partyOf = (n: number) => people.get(String(n)) ?? ""

async function mailsTo(address: string, kind: string): Promise<string[]> {
  const mails = await asSystem("operate", (tx) => tx.mail.findMany({ where: { kind, toAddress: address }, orderBy: { id: "desc" }, select: { id: true } }))
  return mails.map((mail) => mail.id)
}

/** The token in the newest mail of a kind to somebody. */
async function tokenIn(n: number, kind: "welcome-employee" | "password-link" = "welcome-employee"): Promise<string> {
  const [newest = ""] = await mailsTo(baker(n), kind)
  return (await openMail(newest))?.token ?? ""
}

async function invited(n: number, now = today): Promise<string> {
  await invite(office, { partyId: partyOf(n) }, now)
  return tokenIn(n)
}

beforeAll(async () => {
  office = await makeOffice()
  employerId = await makeClient(office)
  people = await bringInBakers(office, employerId)
})

describe("the link in the welcome mail", () => {
  test("tells who invites and the username without the address, as often as one looks, and uses nothing up", async () => {
    const token = await invited(1)
    for (const at of [today, later(1), later(fourDays - 1)]) expect(await viewInvitation(token, at)).toEqual({ state: "open", inviter: "Bakkerij De Korenmaat B.V.", username: "m…@v…" })
    const rows = await asSystem("operate", (tx) => tx.invitation.findMany({ where: { partyId: partyOf(1) }, select: { usedAt: true, triesLeft: true, tokenHash: true } }))
    expect(rows).toEqual([{ usedAt: null, triesLeft: 5, tokenHash: expect.any(Uint8Array) }])
    expect(await mailsTo(baker(1), "password-link")).toEqual([])
    await invite(office, { partyId: employerId }, today)
    const [mail = ""] = await mailsTo("werkgever@voorbeeld.test", "welcome-employer")
    expect(await viewInvitation((await openMail(mail))?.token ?? "", today)).toMatchObject({ state: "open", inviter: expect.stringMatching(/^Kantoor \d+$/) })
  })

  test("asks the mail with which a password is chosen, and is used from then on", async () => {
    const token = await invited(2)
    expect(await askLinkByInvitation(token, today)).toEqual({ state: "done" })
    expect(await askLinkByInvitation(token, today)).toEqual({ state: "done" })
    expect(await mailsTo(baker(2), "password-link")).toHaveLength(2)
    await expect(choosePassword(choose(2, token, "1998-11-03"), today)).rejects.toMatchObject({ code: "link-unknown" })
    expect(await choosePassword(choose(2, await tokenIn(2, "password-link"), "1998-11-03"), today)).toBeTruthy()
    expect(await viewInvitation(token, later(1))).toEqual({ state: "used" })
    expect(await askLinkByInvitation(token, later(1))).toEqual({ state: "used" })
    expect(await mailsTo(baker(2), "password-link")).toHaveLength(2)
  })

  test("is not known when it is tampered with, cut off, or belongs to a login that was taken away", async () => {
    const token = await invited(3)
    for (const wrong of [`${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`, token.slice(0, -1), token.toUpperCase(), ""]) {
      expect(await viewInvitation(wrong, today)).toEqual({ state: "unknown" })
      expect(await askLinkByInvitation(wrong, today)).toEqual({ state: "unknown" })
      expect(await renewInvitation(wrong, later(fourDays))).toEqual({ state: "unknown" })
    }
    await asSystem("operate", (tx) => tx.accountRole.updateMany({ where: { partyId: partyOf(3) }, data: { endedAt: today } }))
    expect(await viewInvitation(token, today)).toEqual({ state: "unknown" })
    expect(await mailsTo(baker(3), "password-link")).toEqual([])
  })

  test("says that it was withdrawn, that there is a newer one, or that the tries are used; and asks nothing then", async () => {
    const first = await invited(4)
    await withdrawInvitation(office, { partyId: partyOf(4) }, today)
    expect(await viewInvitation(first, today)).toEqual({ state: "withdrawn" })
    expect(await askLinkByInvitation(first, today)).toEqual({ state: "withdrawn" })
    const second = await invited(4, later(1))
    expect(await viewInvitation(first, later(1))).toEqual({ state: "replaced" })
    expect(await renewInvitation(first, later(2 * fourDays))).toEqual({ state: "replaced" })
    await askLinkByInvitation(second, later(1))
    const link = await tokenIn(4, "password-link")
    for (let left = 5; left > 0; left--) await expect(choosePassword(choose(4, link, "1900-01-01"), later(1))).rejects.toThrow()
    expect(await viewInvitation(second, later(2))).toEqual({ state: "tries-used" })
    expect(await renewInvitation(second, later(2 * fourDays))).toEqual({ state: "tries-used" })
    await blockAccess(office, { partyId: partyOf(4) }, later(3))
    expect(await viewInvitation(second, later(3))).toEqual({ state: "withdrawn" })
    expect(await mailsTo(baker(4), "password-link")).toHaveLength(1)
    expect(await mailsTo(baker(4), "welcome-employee")).toHaveLength(2)
  })

  test("stands sealed in the queue and nowhere once the mail was sent", async () => {
    await invited(5)
    const [mail = ""] = await mailsTo(baker(5), "welcome-employee")
    await closeMail(mail, { state: "sent" }, today)
    expect(await asSystem("operate", (tx) => tx.mail.findUnique({ where: { id: mail }, select: { sealed: true, state: true } }))).toEqual({ sealed: null, state: "sent" })
  })
})

describe("an invitation of more than four days", () => {
  test("mails no link to a first password, by whatever way it is asked; a link of before lives its own hour", async () => {
    const token = await invited(6)
    await askPasswordLink({ username: baker(6) }, later(fourDays - 30))
    for (const at of [later(fourDays), later(fourDays + 10)]) {
      await askPasswordLink({ username: baker(6) }, at)
      expect(await askLinkByInvitation(token, at)).toEqual({ state: "expired", canRenew: true })
    }
    expect(await mailsTo(baker(6), "password-link")).toHaveLength(1)
    const link = await tokenIn(6, "password-link")
    await expect(choosePassword(choose(6, link, "1991-09-25"), later(fourDays + 30))).rejects.toMatchObject({ code: "link-expired" })
    expect(await choosePassword(choose(6, link, "1991-09-25"), later(fourDays + 29))).toBeTruthy()
    await askPasswordLink({ username: baker(6) }, later(3 * fourDays))
    expect(await mailsTo(baker(6), "password-link")).toHaveLength(2)
  })

  test("is renewed once by its receiver, at the address that payroll knows now, with the tries that were left; many at once mail one", async () => {
    const token = await invited(7)
    await askLinkByInvitation(token, today)
    await expect(choosePassword(choose(7, await tokenIn(7, "password-link"), "1900-01-01"), today)).rejects.toMatchObject({ code: "proof-wrong" })
    expect(await renewInvitation(token, later(fourDays - 1))).toMatchObject({ state: "open" })
    await asSystem("operate", (tx) => tx.employee.update({ where: { id: partyOf(7) }, data: { contactEmail: "nieuw7@voorbeeld.test" } }))
    const answers = await Promise.all(Array.from({ length: 5 }, () => renewInvitation(token, later(fourDays))))
    expect(answers.map((one) => one.state).toSorted()).toEqual(["done", "replaced", "replaced", "replaced", "replaced"])
    const [renewed = "", ...others] = await mailsTo("nieuw7@voorbeeld.test", "welcome-employee")
    expect(others).toEqual([])
    expect(await mailsTo(baker(7), "welcome-employee")).toHaveLength(1)
    expect(await viewInvitation((await openMail(renewed))?.token ?? "", later(fourDays))).toMatchObject({ state: "open" })
    const newest = await asSystem("operate", (tx) => tx.invitation.findFirst({ where: { partyId: partyOf(7) }, orderBy: { id: "desc" }, select: { triesLeft: true, byAccountId: true } }))
    expect(newest).toEqual({ triesLeft: 4, byAccountId: null })
  })

  test("of whom payroll knows no address any more is for employer or office to send again", async () => {
    const token = await invited(8)
    await asSystem("operate", (tx) => tx.employee.update({ where: { id: partyOf(8) }, data: { contactEmail: null } }))
    expect(await viewInvitation(token, later(fourDays))).toEqual({ state: "expired", canRenew: false })
    expect(await renewInvitation(token, later(fourDays))).toEqual({ state: "expired", canRenew: false })
    await expect(invite(office, { partyId: partyOf(8) }, later(fourDays))).rejects.toMatchObject({ code: "invite-no-email" })
  })
})

test("withdrawing while a first password is chosen: either it was chosen in time, or it is refused, and both sides hear the same", async () => {
  for (const n of [9, 10, 11, 12]) {
    await invited(n)
    await askPasswordLink({ username: baker(n) }, today)
    const born = await asSystem("operate", (tx) => tx.employee.findUnique({ where: { id: partyOf(n) }, select: { birthDate: true } }))
    const link = await tokenIn(n, "password-link")
    const proof = born?.birthDate?.toISOString().slice(0, 10) ?? ""
    const withdrawing = n % 2 === 0 ? withdrawInvitation(office, { partyId: partyOf(n) }, today) : null
    const choosing = choosePassword(choose(n, link, proof), today)
    const [chosen, withdrawn] = await Promise.allSettled([choosing, withdrawing ?? withdrawInvitation(office, { partyId: partyOf(n) }, today)])
    const account = await asSystem("operate", (tx) => tx.account.findFirst({ where: { roles: { some: { partyId: partyOf(n) } } }, select: { passwordHash: true } }))
    const [invitation] = await asSystem("operate", (tx) => tx.invitation.findMany({ where: { partyId: partyOf(n) }, select: { usedAt: true, withdrawnAt: true } }))
    const wasChosen = chosen.status === "fulfilled"
    expect(withdrawn.status).toBe(wasChosen ? "rejected" : "fulfilled")
    expect([account?.passwordHash !== null, invitation?.usedAt !== null, invitation?.withdrawnAt !== null]).toEqual([wasChosen, wasChosen, !wasChosen])
    if (chosen.status === "rejected") expect(chosen.reason).toMatchObject({ code: "invitation-withdrawn" })
    if (withdrawn.status === "rejected") expect(withdrawn.reason).toMatchObject({ code: "invitation-none" })
  }
})
