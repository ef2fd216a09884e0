import { afterAll, beforeAll, expect, test } from "vitest"
import { takeReturned } from "#domain/bounces/take-bounce.ts"
import { tryAddressAgain } from "#domain/bounces/try-again.ts"
import { invite } from "#domain/invitations/change-access.ts"
import { closeMail } from "#domain/mails/close-mail.ts"
import { openMail } from "#domain/mails/open-mail.ts"
import { peopleToRecognise } from "#domain/parties/people-to-recognise.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { env } from "#platform/env.ts"
import { newId } from "#platform/ids.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringIn, makeClient, makeOffice, today, viewerFor } from "../../support/house.ts"
import { report } from "../../support/returned-mail.ts"
import { makeHouse, type House } from "../sharing/people.ts"

useDatabase()
let ours: House
let theirs: Omit<House, "engagementId">
beforeAll(async () => {
  ours = await makeHouse()
  const office = await makeOffice()
  const employerId = await makeClient(office, "999990044L01")
  await bringIn(office, employerId, "csv", Buffer.from("nummer;achternaam;geboortedatum;email\n1;Eén;01-02-1980;een@aanval.test\n2;Twee;01-02-1981;twee@aanval.test"))
  const [one = "", two = ""] = (await asSystem("operate", (tx) => peopleToRecognise(tx, employerId))).map(({ employeeId }) => employeeId)
  theirs = { office, employer: await viewerFor("employer", employerId), employee: await viewerFor("employee", one), colleague: await viewerFor("employee", two) }
})
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

type Told = { kind?: string; accountId: string; partyId: string | null; throughId?: string | null; state?: "sent" | "queued" }

const about = ({ accountId, partyId }: Viewer) => ({ accountId, partyId })

async function mailTo(toAddress: string, { kind = "new-files", accountId, partyId, throughId = null, state = "queued" }: Told): Promise<string> {
  const id = newId()
  await asSystem("operate", (tx) => tx.mail.createMany({ data: [{ id, kind, accountId, partyId, throughId, toAddress, queuedAt: today, state, sentAt: state === "sent" ? today : null }] }))
  return id
}

/** A person of the office that attacks gets the victim's address, and a mail by that office's own mailbox, which its owner then says came back. */
async function forge(victim: string): Promise<void> {
  await asSystem("operate", (tx) => tx.employee.update({ where: { id: theirs.employee.partyId }, data: { contactEmail: victim } }))
  const id = await mailTo(victim, { ...about(theirs.employee), throughId: theirs.office.partyId, state: "sent" })
  const raw = report({ to: "kantoor@aanval.test", receiver: victim, messageId: `${id}@${new URL(env().PUBLIC_URL).hostname}` })
  expect(await takeReturned(raw, { partyId: theirs.office.partyId }, today)).toBe("hard")
}

async function isDead(victim: string, told: Told): Promise<boolean | undefined> {
  return (await openMail(await mailTo(victim, told)))?.isDead
}

const troubleOf = (id: string) => asSystem("operate", (tx) => tx.employee.findUniqueOrThrow({ where: { id }, select: { mailTrouble: true } }))

test("a report forged in an office's own mailbox stops no mail of another office, and none about an account", async () => {
  const victim = "slachtoffer@voorbeeld.test"
  await asSystem("operate", (tx) => tx.employee.update({ where: { id: ours.employee.partyId }, data: { contactEmail: victim } }))
  await forge(victim)
  expect(await isDead(victim, about(ours.employee))).toBe(false)
  expect(await isDead(victim, { kind: "password-link", accountId: ours.employee.accountId, partyId: null })).toBe(false)
  expect(await troubleOf(ours.employee.partyId)).toEqual({ mailTrouble: null })
  await asSystem("operate", (tx) => tx.employee.update({ where: { id: ours.colleague.partyId }, data: { contactEmail: victim } }))
  expect(await troubleOf(ours.colleague.partyId)).toEqual({ mailTrouble: null })
  await expect(invite(ours.office, { partyId: ours.employee.partyId }, today)).rejects.toMatchObject({ code: "access-active" })
  expect(await isDead(victim, about(theirs.employee))).toBe(true)
  expect(await troubleOf(theirs.employee.partyId)).toEqual({ mailTrouble: "no-such-address" })
  await expect(invite(theirs.office, { partyId: theirs.employee.partyId }, today)).rejects.toMatchObject({ code: "address-dead" })
})

test("what an own mail server refuses stops no mail of another office either", async () => {
  const victim = "geweigerd@voorbeeld.test"
  const id = await mailTo(victim, about(theirs.colleague))
  await closeMail(id, { state: "failed", failure: "refused 5.1.1", refused: { status: "5.1.1" }, throughId: theirs.office.partyId }, today)
  expect(await isDead(victim, about(ours.employee))).toBe(false)
  expect(await isDead(victim, about(theirs.colleague))).toBe(true)
})

test("a client's own mailbox says nothing of what its office is asked to look at by another server", async () => {
  const victim = "collega@kantoor.test"
  const id = await mailTo(victim, { ...about(theirs.employee), throughId: theirs.employer.partyId, state: "sent" })
  await takeReturned(report({ to: "x@aanval.test", receiver: victim, messageId: `${id}@${new URL(env().PUBLIC_URL).hostname}` }), { partyId: theirs.employer.partyId }, today)
  expect(await isDead(victim, { kind: "approval", accountId: theirs.office.accountId, partyId: theirs.employer.partyId })).toBe(false)
  expect(await isDead(victim, about(theirs.employee))).toBe(true)
})

test("three days of soft reports in one mailbox count for that mailbox alone, and trying again opens it", async () => {
  const victim = "zacht@voorbeeld.test"
  await asSystem("operate", (tx) => tx.employee.update({ where: { id: theirs.colleague.partyId }, data: { contactEmail: victim } }))
  for (const day of [1, 2, 3]) {
    const id = await mailTo(victim, { ...about(theirs.colleague), throughId: theirs.office.partyId, state: "sent" })
    const raw = report({ to: "x@aanval.test", receiver: victim, status: "5.7.1", messageId: `${id}@${new URL(env().PUBLIC_URL).hostname}` })
    expect(await takeReturned(raw, { partyId: theirs.office.partyId }, new Date(today.getTime() + day * 86_400_000))).toBe("soft")
  }
  expect([await isDead(victim, about(ours.employee)), await isDead(victim, about(theirs.colleague))]).toEqual([false, true])
  expect(await tryAddressAgain(theirs.office, { partyId: theirs.colleague.partyId }, new Date(today.getTime() + 4 * 86_400_000))).toBe(true)
  expect([await isDead(victim, about(theirs.colleague)), await troubleOf(theirs.colleague.partyId)]).toEqual([false, { mailTrouble: null }])
})
