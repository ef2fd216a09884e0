import { setTimeout } from "node:timers/promises"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { changePassword } from "#domain/accounts/change-password.ts"
import { choosePassword } from "#domain/accounts/choose-password.ts"
import { confirmAddress } from "#domain/accounts/confirm-address.ts"
import { linkEmployment, viewEmploymentLink } from "#domain/accounts/link-employment.ts"
import { changePrivateEmail } from "#domain/accounts/private-email.ts"
import { signIn } from "#domain/accounts/sign-in.ts"
import { viewPasswordLink } from "#domain/accounts/view-password-link.ts"
import { invite, withdrawInvitation } from "#domain/invitations/change-access.ts"
import { holdNewestInvitation, spendInvitationTry } from "#domain/invitations/invitation-repository.ts"
import { renewInvitation } from "#domain/invitations/use-invitation.ts"
import { openMail } from "#domain/mails/open-mail.ts"
import { changeContactEmail } from "#domain/parties/change-contact-email.ts"
import { switchRole } from "#domain/sessions/switch-role.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { invitationLimits } from "#policy/link-limits.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { goodPassword, makeClient, makeOffice, sessionOf, today } from "../../support/house.ts"
import { accountOf, bornOn, bringInPeople, codeOf, enterBy, insideWith, invitedLink, linkFor, newestToken, type Inside } from "./people.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const later = (minutes: number) => new Date(today.getTime() + minutes * 60_000)
const another = "drie blauwe paraplu's in maart"
const device = null

let [here, elsewhere]: { office: Viewer; people: Map<string, string> }[] = []
let person = 0
let [partyId, other, address] = ["", "", ""]

beforeAll(async () => {
  const names = Array.from({ length: 20 }, (_one, index) => `Persoon${index + 1}`)
  const make = async (wageTaxNumber: string, who: readonly string[]) => {
    const office = await makeOffice()
    return { office, people: await bringInPeople(office, await makeClient(office, wageTaxNumber), who) }
  }
  here = await make("999990020L01", names)
  elsewhere = await make("999990032L01", names.map((one) => `${one}b`))
})

beforeEach(() => {
  const name = `Persoon${++person}`
  ;[partyId, other, address] = [here?.people.get(name) ?? "", elsewhere?.people.get(`${name}b`) ?? "", `${name.toLowerCase()}@werk.test`]
})

function noViewer(): Viewer {
  throw new Error("no world")
}
const office = () => here?.office ?? noViewer()
const otherOffice = () => elsewhere?.office ?? noViewer()
const chosen = (token: string, username: string, password = another) => choosePassword({ token, proof: null, username, password, device }, today)

/** Where links for a password of an account go, when one is asked now. */
async function linksOf(accountId: string, username: string, at = today): Promise<string[]> {
  const before = await asSystem("operate", (tx) => tx.mail.count({ where: { kind: "password-link", accountId } }))
  await linkFor({ id: accountId, username }, at)
  const mails = await asSystem("operate", (tx) => tx.mail.findMany({ where: { kind: "password-link", accountId }, orderBy: { id: "asc" }, select: { toAddress: true } }))
  return mails.slice(before).map(({ toAddress }) => toAddress).toSorted()
}

describe("a link that was mailed before somebody is invited once more", () => {
  test("stays over after a withdrawal: it may be with somebody else", async () => {
    const token = await invitedLink(office(), partyId)
    await withdrawInvitation(office(), { partyId }, later(1))
    await invite(office(), { partyId }, later(2))
    expect(await viewPasswordLink(token, later(3))).toEqual({ state: "ended" })
    expect(await codeOf(enterBy(token, address, bornOn, later(3)))).toBe("link-ended")
    expect(await codeOf(enterBy(await linkFor(await accountOf(partyId), later(4)), address, bornOn, later(4)))).toBe("done")
  })

  test("is over after all tries were used, and gives whoever guessed no five more", async () => {
    const [first, second] = [await invitedLink(office(), partyId), await linkFor(await accountOf(partyId), later(1))]
    for (let n = 0; n < 5; n++) expect(await codeOf(enterBy(first, address, "2000-01-01", later(1)))).toMatch(/^(proof-wrong|invitation-tries-used)$/)
    await invite(office(), { partyId }, later(2))
    expect(await codeOf(enterBy(second, address, "2000-01-01", later(3)))).toBe("link-ended")
  })
})

test("who renews an invitation while the date of birth is guessed by an older link gets no tries back", async () => {
  await invite(office(), { partyId }, today)
  const { id } = await accountOf(partyId)
  const token = await newestToken("welcome-employee", id)
  const over = new Date(today.getTime() + invitationLimits.lifetime)
  const renewed = await asSystem("operate", async (tx) => {
    const held = await holdNewestInvitation(tx, id)
    const asked = renewInvitation(token, over)
    await setTimeout(400)
    for (let n = 0; n < 4; n++) await spendInvitationTry(tx, held?.id ?? "")
    return { asked }
  })
  expect(await renewed.asked).toEqual({ state: "done" })
  expect((await asSystem("operate", (tx) => holdNewestInvitation(tx, id)))?.triesLeft).toBe(1)
})

describe("an employer that was inside as somebody, and gave the login over, gets nothing of what another employer sends later", () => {
  const hr = () => `loon${person}@baas.test`
  let account: { id: string; username: string }
  let boss: Inside

  beforeEach(async () => {
    await changeContactEmail(office(), { partyId, email: hr() }, today)
    boss = await enterBy(await invitedLink(office(), partyId), hr())
    account = { id: boss.viewer.accountId, username: hr() }
  })

  /** The newest link for a password that went to an address. */
  async function linkAt(toAddress: string): Promise<string> {
    const mail = await asSystem("operate", (tx) => tx.mail.findFirst({ where: { kind: "password-link", accountId: account.id, toAddress }, orderBy: { id: "desc" }, select: { id: true } }))
    return (mail && (await openMail(mail.id))?.token) ?? ""
  }

  /** The employment at the other employer is added by who is inside. */
  async function addOther({ viewer }: Inside): Promise<void> {
    await linkEmployment(viewer, { token: await invitedLink(otherOffice(), other), proof: bornOn }, today)
  }

  test("by the mailbox that it came in with, put back in payroll after a password was chosen by a link", async () => {
    await changeContactEmail(office(), { partyId, email: address }, today)
    await addOther(await insideWith(sessionOf(await chosen(await linkFor(account), account.username))))
    await changeContactEmail(office(), { partyId, email: hr() }, today)
    expect(await linksOf(account.id, account.username, later(1))).toEqual([])
  })

  test("nor by it after the password was handed over and made another inside", async () => {
    await changeContactEmail(office(), { partyId, email: address }, today)
    await changePassword(boss.viewer, { current: goodPassword, password: another, endOthers: true }, today)
    const token = await invitedLink(otherOffice(), other)
    expect(await viewEmploymentLink(boss.viewer, { token }, today)).toEqual({ state: "open", check: "birth-date", linksGoTo: [] })
    await addOther(boss)
    await changeContactEmail(office(), { partyId, email: hr() }, today)
    expect(await linksOf(account.id, account.username)).toEqual([])
  })

  test("nor by a session that it kept, when the password was made another without ending the others", async () => {
    await changePassword(boss.viewer, { current: goodPassword, password: another, endOthers: false }, today)
    const person = await insideWith(sessionOf(await signIn({ username: account.username, password: another, device }, today)))
    await addOther(person)
    expect(await codeOf(switchRole(boss.viewer, { partyId: other, device }, today))).toBe("signed-out")
  })

  test("nor by a private address that it left there", async () => {
    const left = `achtergelaten${person}@baas.test`
    await changePrivateEmail(boss.viewer, { address: left }, today)
    await confirmAddress(boss.viewer, { token: await newestToken("confirm-address", account.id) }, today)
    await changeContactEmail(office(), { partyId, email: address }, today)
    expect(await linksOf(account.id, account.username)).toEqual([left, address].toSorted())
    await addOther(await insideWith(sessionOf(await chosen(await linkAt(address), account.username))))
    expect(await linksOf(account.id, account.username, later(1))).toEqual([address])
  })

  test("but whose own private address it is gets links there again after confirming it anew", async () => {
    const own = `thuis${person}@prive.test`
    const confirm = () => newestToken("confirm-address", account.id).then((token) => confirmAddress(boss.viewer, { token }, today))
    await changePrivateEmail(boss.viewer, { address: own }, today)
    await confirm()
    expect(await changePrivateEmail(boss.viewer, { address: own }, today)).toBe("same")
    await linkFor(account)
    boss = await insideWith(sessionOf(await chosen(await linkAt(hr()), account.username)))
    await addOther(boss)
    expect(await linksOf(account.id, account.username, later(1))).toEqual([hr()])
    expect(await changePrivateEmail(boss.viewer, { address: own }, today)).toBe("mailed")
    await confirm()
    expect(await linksOf(account.id, account.username, later(2))).toEqual([hr(), own].toSorted())
  })
})
