import { afterAll, beforeAll, expect, test } from "vitest"
import { askPasswordLink } from "#domain/accounts/ask-password-link.ts"
import { choosePassword } from "#domain/accounts/choose-password.ts"
import { changePrivateEmail } from "#domain/accounts/private-email.ts"
import { signIn } from "#domain/accounts/sign-in.ts"
import { viewPasswordLink } from "#domain/accounts/view-password-link.ts"
import { openMail } from "#domain/mails/open-mail.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { addressLinkLimits, linkLimits } from "#policy/link-limits.ts"
import { tryLimits } from "#policy/try-limits.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, goodPassword, makeClient, makeOffice, sendOff, startWith, today, viewerFor } from "../../support/house.ts"

useDatabase()
beforeAll(async () => {
  const office = await makeOffice()
  const employerId = await makeClient(office)
  await bringInBakers(office, employerId)
  await sendOff(office, await startWith(office, employerId, "maart", ["loonstroken-maart-2026.pdf"]))
})
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const device = null

/** What each try was answered: its code, or "inside". */
async function answers(tries: readonly Promise<unknown>[]): Promise<string[]> {
  const settled = await Promise.allSettled(tries)
  return settled.map((one) => (one.status === "rejected" && one.reason instanceof Error && "code" in one.reason ? String(one.reason.code) : "inside"))
}

test("forty dates of birth guessed at once are five tries", async () => {
  const username = "medewerker2@voorbeeld.test"
  await askPasswordLink({ username }, today)
  const mail = await asSystem("operate", (tx) => tx.mail.findFirst({ where: { kind: "password-link", account: { username } }, select: { id: true } }))
  const token = (await openMail(mail?.id ?? ""))?.token ?? ""
  const guess = (n: number) => choosePassword({ token, proof: `19${40 + n}-11-04`, username, password: goodPassword, device }, today)
  const codes = await answers(Array.from({ length: 40 }, (_one, n) => guess(n)))
  expect(codes.filter((code) => code === "proof-wrong" || code === "invitation-tries-used")).toHaveLength(linkLimits.tries)
  expect(codes.filter((code) => code === "link-ended")).toHaveLength(40 - linkLimits.tries)
  expect(await viewPasswordLink(token, today)).toEqual({ state: "ended" })
})

test("forty passwords guessed at once for one username are hardly more than five, and the right one behind them stays outside", async () => {
  const guesses = Array.from({ length: 40 }, (_one, n) => signIn({ username: "200001", password: n === 39 ? goodPassword : `fout ${n}`, device }, today))
  const codes = await answers(guesses)
  expect(codes.filter((code) => code === "sign-in-failed").length).toBeLessThan(tryLimits.account.free + 10)
  expect(codes.at(-1)).toBe("sign-in-too-many")
})

test("thirty links asked at once for one account are five mails, each with a link that opens until one is used", async () => {
  const username = "medewerker3@voorbeeld.test"
  await Promise.all(Array.from({ length: 30 }, () => askPasswordLink({ username }, today)))
  const [mails, open] = await asSystem("operate", (tx) => Promise.all([
    tx.mail.count({ where: { kind: "password-link", account: { username } } }),
    tx.passwordLink.count({ where: { endedAt: null, account: { username } } }),
  ]))
  expect([mails, open]).toEqual([linkLimits.perHour, linkLimits.perHour])
})

test("thirty private addresses given at once are five mails to strangers, and one link that opens", async () => {
  const someone = await asSystem("operate", (tx) => tx.employee.findFirstOrThrow({ where: { number: "4" }, select: { id: true } }))
  const employee = await viewerFor("employee", someone.id)
  const { accountId } = employee
  await Promise.allSettled(Array.from({ length: 30 }, (_one, n) => changePrivateEmail(employee, { address: `thuis${n}@prive.test` }, today)))
  const [mails, open] = await asSystem("operate", (tx) => Promise.all([tx.mail.count({ where: { kind: "confirm-address", accountId } }), tx.addressLink.count({ where: { endedAt: null, accountId } })]))
  expect([mails, open]).toEqual([addressLinkLimits.perHour, 1])
})
