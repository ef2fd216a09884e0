import { afterAll, beforeAll, expect, test } from "vitest"
import { remindUnread } from "#domain/accounts/remind-unread.ts"
import { tellOfChange } from "#domain/accounts/tell-of-change.ts"
import { openMail } from "#domain/mails/open-mail.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { useDatabase } from "../../support/database.ts"
import { makeHouse, type House } from "../sharing/people.ts"
import { sendPayslips } from "../recall/people.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const placed = new Date()
let house: House
beforeAll(async () => {
  house = await makeHouse()
  await remindUnread(placed)
  await sendPayslips(house, placed)
}, 60_000)

/** For whom the last mail of a kind to an employee goes out. */
async function sendersOf(kind: string) {
  const { id } = await asSystem("operate", (tx) => tx.mail.findFirstOrThrow({ where: { kind, accountId: house.employee.accountId }, orderBy: { queuedAt: "desc" }, select: { id: true } }))
  return (await openMail(id))?.senders
}

test("a mail about files goes out for the employer and the office that works for it; a reminder does too; what concerns the account alone is the portal's own", async () => {
  await remindUnread(new Date(placed.getTime() + 5 * 86_400_000))
  await asSystem("operate", (tx) => tellOfChange(tx, house.employee.accountId, "password-changed", placed))
  const both = { employerId: house.employer.partyId, officeId: house.office.partyId }
  expect(await sendersOf("new-files")).toEqual(both)
  expect(await sendersOf("reminder")).toEqual(both)
  expect(await sendersOf("account-changed")).toEqual({ employerId: null, officeId: null })
})

test("what was queued while an office worked for an employer goes out for the employer alone when it does so no more", async () => {
  await asSystem("operate", (tx) => tx.engagement.updateMany({ where: { employerId: house.employer.partyId }, data: { endedAt: new Date() } }))
  expect(await sendersOf("new-files")).toEqual({ employerId: house.employer.partyId, officeId: null })
})
