import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { askPasswordLink } from "#domain/accounts/ask-password-link.ts"
import { choosePassword } from "#domain/accounts/choose-password.ts"
import { confirmAddress } from "#domain/accounts/confirm-address.ts"
import { linkEmployment, mayLinkEmployment, viewEmploymentLink } from "#domain/accounts/link-employment.ts"
import { changePrivateEmail } from "#domain/accounts/private-email.ts"
import { viewPasswordLink } from "#domain/accounts/view-password-link.ts"
import { blockAccess, invite, withdrawInvitation } from "#domain/invitations/change-access.ts"
import { viewAccess } from "#domain/invitations/view-access.ts"
import { viewFrame } from "#domain/parties/view-frame.ts"
import { checkSession } from "#domain/sessions/check-session.ts"
import { endAllOwnSessions } from "#domain/sessions/own-sessions.ts"
import { addStaff } from "#domain/staff/change-staff.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { goodPassword, makeClient, makeOffice, today } from "../../support/house.ts"
import { accountOf, bornOn, bringInPeople, codeOf, enterBy, inside, insideWith, invitedLink, linkFor, newestToken, toldOf, type Inside } from "./people.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const later = (minutes: number) => new Date(today.getTime() + minutes * 60_000)
const wrong = "2000-01-01"

let [bakery, butchery, printers]: { office: Viewer; employerId: string; people: Map<string, string> }[] = []
let person = 0
/** A name that is on the payroll of the bakery and the butchery. */
let name = ""
let own: Inside
let atButcher = ""

beforeAll(async () => {
  const names = Array.from({ length: 30 }, (_one, index) => `Persoon${index + 1}`)
  const make = async (wageTaxNumber: string, who: readonly string[], birthDate?: string) => {
    const office = await makeOffice()
    const employerId = await makeClient(office, wageTaxNumber)
    return { office, employerId, people: await bringInPeople(office, employerId, who, birthDate) }
  }
  bakery = await make("999990020L01", names)
  butchery = await make("999990032L01", names.map((one) => `${one}b`))
  printers = await make("999990044L01", ["Jonger"], "01-05-1999")
})

beforeEach(async () => {
  name = `Persoon${++person}`
  const { office = noViewer(), people } = bakery ?? {}
  own = await enterBy(await invitedLink(office, people?.get(name) ?? ""), `${name.toLowerCase()}@werk.test`)
  atButcher = butchery?.people.get(`${name}b`) ?? ""
})

function noViewer(): Viewer {
  throw new Error("no world")
}
const butcher = () => butchery?.office ?? noViewer()
const add = (token: string, { viewer } = own, proof: string | null = bornOn) => linkEmployment(viewer, { token, proof }, today)
const newLink = () => invitedLink(butcher(), atButcher)

describe("a second employment, from inside the account there is", () => {
  test("moves to that account after the date of birth; the account made for it ends, its username is free, and every address is told", async () => {
    const token = await newLink()
    const empty = await accountOf(atButcher)
    expect(await viewEmploymentLink(own.viewer, { token }, today)).toEqual({ state: "open", check: "birth-date", linksGoTo: [`${name.toLowerCase()}@werk.test`] })
    const secret = await add(token)
    expect(await checkSession(own.secret, today)).toBeNull()
    const { viewer } = await insideWith(secret)
    expect((await viewFrame(viewer)).roles).toHaveLength(2)
    expect((await accountOf(atButcher)).id).toBe(own.viewer.accountId)
    expect(await toldOf(own.viewer.accountId, "role-added")).toEqual([`${name.toLowerCase()}@werk.test`, `${name.toLowerCase()}b@werk.test`])
    expect(await asSystem("operate", (tx) => tx.account.count({ where: { username: empty.username } }))).toBe(0)
    expect(await viewPasswordLink(token, today)).toEqual({ state: "used" })
    expect(await viewAccess(butcher(), { partyId: atButcher }, today)).toMatchObject({ state: "active" })
    expect(await codeOf(invite(butcher(), { partyId: atButcher }, today))).toBe("access-active")
    const kinds = await asSystem("operate", (tx) => tx.auditEvent.findMany({ where: { chainId: { in: [empty.id, own.viewer.accountId, atButcher] }, kind: { in: ["account.ended", "account.role-added", "access.linked"] } }, select: { kind: true } }))
    expect(kinds.map(({ kind }) => kind).toSorted()).toEqual(["access.linked", "account.ended", "account.role-added"])
    expect(await asSystem("operate", (tx) => tx.invitation.count({ where: { accountId: empty.id, usedAt: null } }))).toBe(0)
  })

  test("has the private address of the account from then on", async () => {
    await changePrivateEmail(own.viewer, { address: `${name}@thuis.test` }, today)
    await confirmAddress(own.viewer, { token: await newestToken("confirm-address", own.viewer.accountId) }, today)
    await add(await newLink())
    const found = await asSystem("operate", (tx) => tx.employee.findUnique({ where: { id: atButcher }, select: { privateEmail: true } }))
    expect(found?.privateEmail).toBe(`${name}@thuis.test`)
  })

  test("gives its employer no link to the account: that goes where its holder has shown to read", async () => {
    await add(await newLink())
    const before = await asSystem("operate", (tx) => tx.mail.count({ where: { kind: "password-link", accountId: own.viewer.accountId } }))
    await askPasswordLink({ username: own.viewer.username }, later(1))
    const mails = await asSystem("operate", (tx) => tx.mail.findMany({ where: { kind: "password-link", accountId: own.viewer.accountId }, orderBy: { id: "asc" }, select: { toAddress: true } }))
    expect(mails.slice(before)).toEqual([{ toAddress: `${name.toLowerCase()}@werk.test` }])
  })

  test("is added once when two tabs do it at the same moment, and the session of one goes on", async () => {
    const token = await newLink()
    const outcomes = await Promise.all([codeOf(add(token)), codeOf(add(token))])
    expect(outcomes.toSorted()).toEqual(["done", "link-used"])
  })

  test("is added, or gets a first password, when both are asked at once by one link; never both", async () => {
    const token = await newLink()
    const empty = await accountOf(atButcher)
    const choose = choosePassword({ token, proof: bornOn, username: empty.username, password: goodPassword, device: null }, today)
    const [chosen, added] = await Promise.all([codeOf(choose), codeOf(add(token))])
    expect([chosen, added].filter((one) => one === "done")).toHaveLength(1)
    expect((await accountOf(atButcher)).id).toBe(added === "done" ? own.viewer.accountId : empty.id)
  })

  test("costs a wrong date of birth a try of the link and of the person, five in all, and as many when they come at once", async () => {
    const token = await newLink()
    expect(await codeOf(add(token, own, wrong))).toBe("proof-wrong")
    await expect(add(token, own, wrong)).rejects.toMatchObject({ details: { left: 3 } })
    expect(await checkSession(own.secret, today)).not.toBeNull()
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => codeOf(add(token, own, wrong))))
    expect(outcomes.toSorted()).toEqual(["invitation-tries-used", ...Array(9).fill("link-ended"), "proof-wrong", "proof-wrong"])
    expect(await codeOf(add(token))).toBe("link-ended")
    expect(await asSystem("operate", (tx) => tx.invitation.count({ where: { partyId: atButcher, triesLeft: 0 } }))).toBe(1)
  })
})

describe("a link that cannot be added says why", () => {
  test("used, over, withdrawn, blocked, unknown", async () => {
    const token = await newLink()
    expect(await codeOf(linkEmployment(own.viewer, { token, proof: bornOn }, later(61)))).toBe("link-expired")
    await withdrawInvitation(butcher(), { partyId: atButcher }, today)
    expect(await viewEmploymentLink(own.viewer, { token }, today)).toEqual({ state: "closed", code: "invitation-withdrawn" })
    expect(await codeOf(add(token))).toBe("invitation-withdrawn")
    await invite(butcher(), { partyId: atButcher }, today)
    await blockAccess(butcher(), { partyId: atButcher }, today)
    expect(await codeOf(add(token))).toBe("link-blocked")
    expect(await codeOf(add("geen-link"))).toBe("link-unknown")
  })

  test("of an account that has a password: the own one, and another's", async () => {
    const colleague = await enterBy(await newLink(), `anders${person}@werk.test`)
    for (const account of [own.viewer, colleague.viewer]) {
      const token = await linkFor({ id: account.accountId, username: account.username })
      expect(await codeOf(add(token))).toBe("link-of-account")
    }
    expect((await accountOf(atButcher)).id).toBe(colleague.viewer.accountId)
  })

  test("of a party that the account acts for already", async () => {
    await add(await newLink())
    const again = await asSystem("operate", async (tx) => {
      const account = await tx.account.create({ data: { id: crypto.randomUUID(), username: `dubbel${person}`, locale: "nl" } })
      await tx.accountRole.create({ data: { id: crypto.randomUUID(), accountId: account.id, partyId: atButcher } })
      return account
    })
    const { viewer } = await inside(own.viewer.username)
    expect(await codeOf(linkEmployment(viewer, { token: await linkFor(again), proof: bornOn }, today))).toBe("role-held")
  })

  test("of somebody whose date of birth is another: an account is of one person", async () => {
    const { office = noViewer(), people } = printers ?? {}
    const partyId = people?.get("Jonger") ?? ""
    const token = await invitedLink(office, partyId, today)
    expect(await codeOf(add(token, own, "1999-05-01"))).toBe("link-other-person")
    expect((await accountOf(partyId)).id).not.toBe(own.viewer.accountId)
    expect(await viewEmploymentLink(own.viewer, { token }, today)).toMatchObject({ state: "open" })
  })

  test("of somebody who works for an office; and an account of an office, or that an owner gave, adds nothing to itself", async () => {
    const email = `collega${person}@kantoor.test`
    await addStaff(butcher(), { name: "Collega", email, rank: "member", clients: null }, today)
    const account = await asSystem("operate", (tx) => tx.account.findFirstOrThrow({ where: { email }, select: { id: true, username: true } }))
    const token = await linkFor(account)
    expect(await codeOf(add(token))).toBe("link-no-employment")
    const staff = await enterBy(token, email, null)
    for (const viewer of [staff.viewer, butcher()]) {
      expect(await mayLinkEmployment(viewer)).toBe(false)
      expect(await codeOf(linkEmployment(viewer, { token: await newLink(), proof: bornOn }, today))).toBe("linking-not-here")
    }
    expect(await mayLinkEmployment(own.viewer)).toBe(true)
  })

  test("to a session that was ended, or whose role was blocked, meanwhile", async () => {
    const token = await newLink()
    await endAllOwnSessions(own.viewer, today)
    expect(await codeOf(add(token))).toBe("signed-out")
    const { viewer } = await inside(own.viewer.username)
    await blockAccess(bakery?.office ?? noViewer(), { partyId: viewer.partyId }, today)
    expect(await codeOf(add(token, { viewer, secret: "" }))).toBe("signed-out")
    expect((await accountOf(atButcher)).id).not.toBe(viewer.accountId)
  })
})

test("a director adds the employer to the account there is by the wage tax number, and has to set up a second step before anything else, also who could put it off", async () => {
  await asSystem("operate", (tx) => tx.account.update({ where: { id: own.viewer.accountId }, data: { mayPutOffSecondStep: true } }))
  const token = await invitedLink(butcher(), butchery?.employerId ?? "")
  expect(await viewEmploymentLink(own.viewer, { token }, today)).toMatchObject({ state: "open", check: "wage-tax-number" })
  expect(await codeOf(add(token, own, "999990020L01"))).toBe("proof-wrong")
  const { viewer } = await insideWith(await add(token, own, "9999 90032 L01"))
  expect(viewer).toMatchObject({ kind: "employee", mustSetUp: true })
  expect((await viewFrame(viewer)).roles.map(({ kind }) => kind).toSorted()).toEqual(["employee", "employer"])
})
