import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { askPasswordLink } from "#domain/accounts/ask-password-link.ts"
import { choosePassword } from "#domain/accounts/choose-password.ts"
import { signIn } from "#domain/accounts/sign-in.ts"
import { viewPasswordLink } from "#domain/accounts/view-password-link.ts"
import { openMail } from "#domain/mails/open-mail.ts"
import { checkSession } from "#domain/sessions/check-session.ts"
import { signOut } from "#domain/sessions/sign-out.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { Invalid, TooMany } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, goodPassword, makeClient, makeOffice, sendOff, sessionOf, startWith, today } from "../../support/house.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const later = (minutes: number) => new Date(today.getTime() + minutes * 60_000)
const device = "een telefoon"

/** The token of the newest link mail of an account, as the mail would say it. */
async function tokenOf(username: string): Promise<string> {
  const mail = await asSystem("operate", (tx) =>
    tx.mail.findFirst({ where: { kind: "password-link", account: { username } }, orderBy: { id: "desc" }, select: { id: true } }),
  )
  return (mail && (await openMail(mail.id))?.token) ?? ""
}

async function linkMails(username: string): Promise<number> {
  return asSystem("operate", (tx) => tx.mail.count({ where: { kind: "password-link", account: { username } } }))
}

/** Number n of the bakery, with the date of birth that the sample gives. */
const baker = (n: number) => `medewerker${n}@voorbeeld.test`
const choose = (n: number, token: string, proof: string | null) => ({ token, proof, username: baker(n), password: goodPassword, device })

let office: Viewer
beforeAll(async () => {
  office = await makeOffice()
  const employerId = await makeClient(office)
  await bringInBakers(office, employerId)
  await sendOff(office, await startWith(office, employerId, "maart", ["loonstroken-maart-2026.pdf"]))
})

describe("an employee who was welcomed", () => {
  test("has no password yet, so none signs in", async () => {
    await expect(signIn({ username: baker(1), password: goodPassword, device }, today)).rejects.toThrow(Invalid)
  })

  test("asks a link, gives the date of birth, chooses a password and is inside; the link is used up", async () => {
    await askPasswordLink({ username: ` ${baker(1).toUpperCase()} ` }, today)
    const token = await tokenOf(baker(1))
    expect(await viewPasswordLink(token, today)).toMatchObject({ state: "open", check: "birth-date", username: baker(1), triesLeft: 5 })
    expect(await viewPasswordLink(token, today)).toMatchObject({ state: "open" })
    const secret = sessionOf(await choosePassword(choose(1, token, "1986-04-16"), today))
    expect(await checkSession(secret, today)).toMatchObject({ kind: "employee", username: baker(1) })
    expect(await viewPasswordLink(token, today)).toEqual({ state: "used" })
    await expect(choosePassword(choose(1, token, "1986-04-16"), today)).rejects.toMatchObject({ code: "link-used" })
    expect(await checkSession(sessionOf(await signIn({ username: baker(1), password: goodPassword, device }, today)), today)).not.toBeNull()
  })

  test("uses a link once when two browsers send it at the same moment", async () => {
    await askPasswordLink({ username: baker(2) }, today)
    const token = await tokenOf(baker(2))
    const both = await Promise.allSettled([choosePassword(choose(2, token, "1998-11-03"), today), choosePassword(choose(2, token, "1998-11-03"), today)])
    expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"])
  })

  test("has five tries at the date of birth; then the link is dead, and none is mailed before a new invitation", async () => {
    await askPasswordLink({ username: baker(3) }, today)
    const token = await tokenOf(baker(3))
    for (const left of [4, 3, 2, 1]) {
      await expect(choosePassword(choose(3, token, "2000-01-01"), today)).rejects.toMatchObject({ code: "proof-wrong", details: { left } })
    }
    await expect(choosePassword(choose(3, token, "2000-01-01"), today)).rejects.toThrow(TooMany)
    await expect(choosePassword(choose(3, token, "2003-01-11"), today)).rejects.toMatchObject({ code: "link-ended" })
    await askPasswordLink({ username: baker(3) }, today)
    expect(await linkMails(baker(3))).toBe(1)
  })

  test("finds any link over after an hour, and an older one open beside a newer until one is used", async () => {
    await askPasswordLink({ username: baker(4) }, today)
    const old = await tokenOf(baker(4))
    await askPasswordLink({ username: baker(4) }, today)
    const newer = await tokenOf(baker(4))
    expect(await viewPasswordLink(old, today)).toMatchObject({ state: "open" })
    expect(await viewPasswordLink(newer, later(59))).toMatchObject({ state: "open" })
    expect(await viewPasswordLink(newer, later(61))).toEqual({ state: "expired" })
    expect(await viewPasswordLink("een-verzonnen-code", today)).toEqual({ state: "unknown" })
    expect(await viewPasswordLink("", today)).toEqual({ state: "unknown" })
  })

  test("gets at most five links an hour, and nobody unknown gets one", async () => {
    for (let n = 0; n < 8; n++) await askPasswordLink({ username: baker(5) }, later(n))
    expect(await linkMails(baker(5))).toBe(5)
    await askPasswordLink({ username: "niemand@voorbeeld.test" }, today)
    await askPasswordLink({ username: "\u0000; drop table account" }, today)
    expect(await linkMails("niemand@voorbeeld.test")).toBe(0)
  })

  test("cannot take a username that somebody has, and keeps the link for another try", async () => {
    await askPasswordLink({ username: baker(6) }, today)
    const token = await tokenOf(baker(6))
    await expect(choosePassword({ ...choose(6, token, "1991-09-25"), username: baker(1) }, today)).rejects.toMatchObject({ code: "username-taken" })
    await expect(choosePassword({ ...choose(6, token, "1991-09-25"), password: "te kort" }, today)).rejects.toMatchObject({ code: "password-too-short" })
    expect(await choosePassword({ ...choose(6, token, "1991-09-25"), username: "Fatima K" }, today).catch((error: unknown) => error)).toMatchObject({ code: "username-invalid" })
    const secret = sessionOf(await choosePassword({ ...choose(6, token, "1991-09-25"), username: "Fatima.K" }, today))
    expect(await checkSession(secret, today)).toMatchObject({ username: "fatima.k" })
  })
})

describe("a session", () => {
  test("ends at once when its holder signs out, and by itself when it lies unused or grows old", async () => {
    const secret = sessionOf(await signIn({ username: baker(1), password: goodPassword, device }, today))
    const viewer = await checkSession(secret, today)
    if (!viewer) throw new Error("no viewer")
    expect(await checkSession(secret, later(11 * 60))).not.toBeNull()
    expect(await checkSession(secret, later(11 * 60 + 12 * 60 + 1))).toBeNull()
    await signOut(viewer, today)
    await signOut(viewer, today)
    expect(await checkSession(secret, today)).toBeNull()
    expect(await checkSession("iets anders", today)).toBeNull()
  })

  test("ends a day after it began, however often it is used; of an office after twelve hours", async () => {
    const secret = sessionOf(await signIn({ username: baker(1), password: goodPassword, device }, today))
    for (const hours of [6, 12, 18, 23]) expect(await checkSession(secret, later(hours * 60))).not.toBeNull()
    expect(await checkSession(secret, later(24 * 60))).toBeNull()
    const ofOffice = sessionOf(await signIn({ username: office.username, password: goodPassword, device }, today))
    for (let minutes = 50; minutes < 12 * 60; minutes += 50) expect(await checkSession(ofOffice, later(minutes))).not.toBeNull()
    expect(await checkSession(ofOffice, later(12 * 60))).toBeNull()
    const unused = sessionOf(await signIn({ username: office.username, password: goodPassword, device }, today))
    expect(await checkSession(unused, later(61))).toBeNull()
  })

  test("ends when a new password is chosen", async () => {
    const secret = sessionOf(await signIn({ username: baker(2), password: goodPassword, device }, today))
    await askPasswordLink({ username: baker(2) }, today)
    await choosePassword({ ...choose(2, await tokenOf(baker(2)), null), password: "acht blauwe bootjes" }, today)
    expect(await checkSession(secret, today)).toBeNull()
    await expect(signIn({ username: baker(2), password: goodPassword, device }, today)).rejects.toThrow(Invalid)
  })
})
