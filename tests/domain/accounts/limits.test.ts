import { randomInt } from "node:crypto"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { askPasswordLink } from "#domain/accounts/ask-password-link.ts"
import { choosePassword } from "#domain/accounts/choose-password.ts"
import { openAccount } from "#domain/accounts/open-account.ts"
import { signIn } from "#domain/accounts/sign-in.ts"
import { sweepAttempts } from "#domain/attempts/limit-tries.ts"
import { openMail } from "#domain/mails/open-mail.ts"
import { seenDevice } from "#domain/sessions/seen-device.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { tryLimits, waitAfter } from "#policy/try-limits.ts"
import { useDatabase } from "../../support/database.ts"
import { goodPassword, makeClient, makeOffice, today, viewerFor } from "../../support/house.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

let employerId: string
beforeAll(async () => {
  employerId = await makeClient(await makeOffice())
})

let counter = 0
const newUsername = () => `houder${++counter}@test.test`
const after = (seconds: number) => new Date(today.getTime() + seconds * 1000)
const wrong = "een heel ander wachtwoord"

async function code(tried: Promise<unknown>): Promise<string> {
  return tried.then(() => "inside", (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : "unexpected"))
}
const trying = (username: string, given: { password?: string; source?: string; browser?: string; at?: Date }) =>
  code(signIn({ username, password: given.password ?? wrong, source: given.source ?? null, browser: given.browser ?? null, device: null }, given.at ?? today))

describe("waiting after wrong passwords", () => {
  test("begins after some, doubles, and has an end", () => {
    const limit = { free: 3, longest: 60_000 }
    expect([0, 2, 3, 4, 5, 9, 500].map((failures) => waitAfter(failures, limit))).toEqual([0, 0, 1000, 2000, 4000, 60_000, 60_000])
  })

  test("is by name, also for a name that nobody has; who waited may try again", async () => {
    const username = newUsername()
    await viewerFor("employer", employerId, username)
    for (const name of [username, "niemand@test.test"]) {
      for (let n = 0; n < tryLimits.account.free; n++) expect(await trying(name, {})).toBe("sign-in-failed")
      expect(await trying(name, {})).toBe("sign-in-too-many")
      expect(await trying(name, { at: after(2) })).toBe("sign-in-failed")
      expect(await trying(name, { at: after(3) })).toBe("sign-in-too-many")
    }
    expect(await trying(username, { password: goodPassword, at: after(3) })).toBe("sign-in-too-many")
    expect(await trying(username, { password: goodPassword, at: after(10) })).toBe("inside")
  })

  test("is by source, whatever names it tries, also all at once, and keeps nobody else waiting", async () => {
    const tries = Array.from({ length: tryLimits.source.free + 20 }, (_one, n) => trying(`ander${n}@test.test`, { source: "192.0.2.7" }))
    expect((await Promise.all(tries)).filter((answer) => answer === "sign-in-too-many").length).toBeGreaterThan(0)
    expect(await trying("nog-een@test.test", { source: "192.0.2.7" })).toBe("sign-in-too-many")
    expect(await trying("nog-een@test.test", { source: "192.0.2.8" })).toBe("sign-in-failed")
  })

  test("is forgotten when it is old", async () => {
    expect(await sweepAttempts(after(60))).toBe(0)
    expect(await sweepAttempts(after(3 * 24 * 3600))).toBeGreaterThan(0)
    expect(await asSystem("operate", (tx) => tx.attempt.count())).toBe(0)
  })
})

describe("ten thousand wrong passwords for one account, from a thousand sources,", () => {
  const username = newUsername()
  let browser: string

  beforeAll(async () => {
    const { accountId } = await viewerFor("employer", employerId, username)
    browser = await asSystem("sign-in", (tx) => seenDevice(tx, { accountId, browser: null }, today)).then((seen) => seen.browser)
  })

  test("are nearly all refused", { timeout: 300_000 }, async () => {
    const answers = new Map<string, number>()
    for (let batch = 0; batch < 100; batch++) {
      const tries = Array.from({ length: 100 }, (_one, n) => trying(username, { source: `198.51.${Math.floor(batch / 10)}.${n}`, at: after(batch) }))
      for (const answer of await Promise.all(tries)) answers.set(answer, (answers.get(answer) ?? 0) + 1)
    }
    expect([...answers.values()].reduce((sum, count) => sum + count, 0)).toBe(10_000)
    expect(answers.get("sign-in-failed") ?? 0).toBeLessThan(200)
    expect(answers.get("inside")).toBeUndefined()
  })

  test("do not keep the holder out of the browser that is known", async () => {
    expect(await trying(username, { password: goodPassword, browser, source: "198.51.1.1", at: after(100) })).toBe("inside")
    expect(await trying(username, { password: goodPassword, browser: "een ander geheim", at: after(100) })).toBe("sign-in-too-many")
  })

  test("do not keep the holder from a new link, whatever strangers ask", async () => {
    await asSystem("operate", (tx) => tx.employer.update({ where: { id: employerId }, data: { email: "directie@bakker.test" } }))
    for (let n = 0; n < 100; n++) await askPasswordLink({ username }, after(100))
    const mails = await asSystem("operate", (tx) => tx.mail.findMany({ where: { kind: "password-link", toAddress: "directie@bakker.test" }, select: { id: true }, orderBy: { id: "asc" } }))
    const first = (await openMail(mails[0]?.id ?? ""))?.token ?? ""
    const chosen = `vijf paarse lampen ${randomInt(1000)}`
    expect(await code(choosePassword({ token: first, proof: null, username, password: chosen, device: null }, after(130)))).toBe("inside")
    for (const { id } of mails.slice(1)) expect(await code(choosePassword({ token: (await openMail(id))?.token ?? "", proof: null, username, password: chosen, device: null }, after(140)))).toBe("link-ended")
  })
})

describe("a browser that is known", () => {
  test("has its own tries, and waits by itself", async () => {
    const username = newUsername()
    const { accountId } = await viewerFor("employer", employerId, username)
    const { browser, isNew } = await asSystem("sign-in", (tx) => seenDevice(tx, { accountId, browser: null }, today))
    expect(isNew).toBe(false)
    for (let n = 0; n < tryLimits.device.free; n++) expect(await trying(username, { browser })).toBe("sign-in-failed")
    expect(await trying(username, { browser })).toBe("sign-in-too-many")
    expect(await trying(username, { password: goodPassword })).toBe("inside")
  })

  test("is known to one account, not to another one", async () => {
    const accountIds = await Promise.all([0, 1].map(() => asSystem("operate", (tx) => openAccount(tx, { username: newUsername(), password: goodPassword, partyId: employerId }, today))))
    const [one = "", other = ""] = accountIds
    const { browser } = await asSystem("sign-in", (tx) => seenDevice(tx, { accountId: one, browser: null }, today))
    expect(await asSystem("sign-in", (tx) => seenDevice(tx, { accountId: one, browser }, today))).toEqual({ browser, isNew: false })
    expect(await asSystem("sign-in", (tx) => seenDevice(tx, { accountId: one, browser: null }, today))).toMatchObject({ isNew: true })
    expect(await asSystem("sign-in", (tx) => seenDevice(tx, { accountId: other, browser }, today))).toEqual({ browser, isNew: false })
  })
})
