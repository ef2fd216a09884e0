import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { choosePassword } from "#domain/accounts/choose-password.ts"
import { linkEmployment } from "#domain/accounts/link-employment.ts"
import { signIn } from "#domain/accounts/sign-in.ts"
import { blockAccess } from "#domain/invitations/change-access.ts"
import { resetSecondStep } from "#domain/invitations/take-access.ts"
import { passSecondStep } from "#domain/second-steps/pass-second-step.ts"
import { viewSecurity } from "#domain/second-steps/view-security.ts"
import { checkSession } from "#domain/sessions/check-session.ts"
import { closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { goodPassword, makeClient, makeOffice, today, viewerFor } from "../../support/house.ts"
import { codeFor } from "../../support/totp.ts"
import { bornOn, bringInPeople, codeOf, enterBy, inside, invitedLink, linkFor, toldOf, withCodeApp, type Inside } from "../accounts/people.ts"

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
  const names = Array.from({ length: 6 }, (_one, index) => `Persoon${index + 1}`)
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

describe("a second step that is to be set up anew", () => {
  test("is forgotten with sessions, waiting sign-ins and links; the password stays, and the holder is mailed", async () => {
    const secret = await withCodeApp(who.viewer)
    const waiting = await signIn({ username: email, password: goodPassword, device }, today)
    const link = await linkFor({ id: who.viewer.accountId, username: email })
    await resetSecondStep(employer, { partyId }, today)
    expect(await viewSecurity(who.viewer)).toMatchObject({ hasPassword: true, hasSecondStep: false, recoveryLeft: 0, passkeys: [] })
    expect(await checkSession(who.secret, today)).toBeNull()
    expect(await codeOf(passSecondStep({ pending: "pending" in waiting ? waiting.pending : "", code: codeFor(secret, today) }, today))).toBe("second-step-over")
    expect(await codeOf(choosePassword({ token: link, proof: null, username: email, password: goodPassword, device }, today))).toBe("link-ended")
    expect(await toldOf(who.viewer.accountId, "second-step-reset")).toEqual([email])
    expect((await inside(email)).viewer.accountId).toBe(who.viewer.accountId)
    expect(await codeOf(resetSecondStep(employer, { partyId }, today))).toBe("second-step-none")
  })

  test("of a client has to be set up at the next sign-in, also by who could put it off", async () => {
    const director = await inside(employer.username)
    expect(director.viewer.mustSetUp).toBe(false)
    await withCodeApp(director.viewer)
    await resetSecondStep(office, { partyId: employerId }, today)
    expect((await inside(employer.username)).viewer).toMatchObject({ kind: "employer", mustSetUp: true })
  })

  test("is refused for an account that acts for more parties, also while the second is added, and for who is blocked or has none", async () => {
    await withCodeApp(who.viewer)
    const other = elsewhere.get(`Persoon${person}b`) ?? ""
    const token = await invitedLink(otherOffice, other)
    const [added, given] = await Promise.all([codeOf(linkEmployment(who.viewer, { token, proof: bornOn }, today)), codeOf(resetSecondStep(office, { partyId }, today))])
    expect([["done", "second-step-more-parties"], ["signed-out", "done"]]).toContainEqual([added, given])
    if (added === "done") await blockAccess(otherOffice, { partyId: other }, today)
    if (added === "done") expect(await codeOf(resetSecondStep(office, { partyId }, today))).toBe("second-step-more-parties")
    await blockAccess(office, { partyId }, today)
    expect(await codeOf(resetSecondStep(office, { partyId }, today))).toBe("access-blocked")
  })
})

test("five wrong codes after a right password are mailed to the holder, once an hour at most, also when each sign-in begins anew", async () => {
  const secret = await withCodeApp(who.viewer)
  const { accountId } = who.viewer
  const tryWrong = async (times: number, at: Date) => {
    const entered = await signIn({ username: email, password: goodPassword, device }, at)
    const pending = "pending" in entered ? entered.pending : ""
    for (let n = 0; n < times; n++) await codeOf(passSecondStep({ pending, code: "000000" }, at))
    return pending
  }
  await tryWrong(4, today)
  expect(await toldOf(accountId, "second-step-tried")).toEqual([])
  await tryWrong(1, later(1))
  expect(await toldOf(accountId, "second-step-tried")).toEqual([email])
  await tryWrong(5, later(59))
  expect(await toldOf(accountId, "second-step-tried")).toEqual([email])
  await tryWrong(5, later(62))
  expect(await toldOf(accountId, "second-step-tried")).toEqual([email, email])
  const pending = await tryWrong(0, later(63))
  expect(await codeOf(passSecondStep({ pending, code: codeFor(secret, later(63)) }, later(63)))).toBe("done")
})
