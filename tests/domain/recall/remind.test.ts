import { afterAll, beforeAll, expect, test } from "vitest"
import { insertDue } from "#domain/accounts/reminder-repository.ts"
import { remindUnread } from "#domain/accounts/remind-unread.ts"
import { withdrawFile } from "#domain/files/withdraw-file.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { viewerFor } from "../../support/house.ts"
import { makeHouse, type House } from "../sharing/people.ts"
import { mailsOf, payslipsOf, read, sendPayslips } from "./people.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const placed = new Date()
const after = (days: number) => new Date(placed.getTime() + days * 86_400_000 + 60_000)
let house: House
let people: Viewer[]
beforeAll(async () => {
  house = await makeHouse()
  const others = await asSystem("operate", (tx) => tx.employee.findMany({ where: { employerId: house.employer.partyId, id: { notIn: [house.employee.partyId, house.colleague.partyId] } }, take: 4, orderBy: { number: "asc" }, select: { id: true } }))
  people = [house.employee, house.colleague]
  for (const { id } of others) people.push(await viewerFor("employee", id))
  await remindUnread(placed)
  await sendPayslips(house, placed)
}, 60_000)

const reminders = () => Promise.all(people.map((one) => mailsOf(one, "reminder")))
const change = (viewer: Viewer | undefined, data: { blockedAt?: Date; mailsOnNewFiles?: boolean; passwordHash?: null }) => asSystem("operate", (tx) => tx.account.updateMany({ where: { id: viewer?.accountId ?? "" }, data }))

test("nobody is reminded on the third day; on the fourth who did not read it, once, and not who read it, is blocked, wants no mail, never got in, or from whom it was withdrawn", async () => {
  const [, reader, blocked, muted, never, recalled] = people
  expect(await remindUnread(after(3))).toBe(0)
  if (reader) await read(reader, (await payslipsOf(reader))[0]?.id ?? "")
  await change(blocked, { blockedAt: placed })
  await change(muted, { mailsOnNewFiles: false })
  await change(never, { passwordHash: null })
  if (recalled) await withdrawFile(house.office, { fileId: (await payslipsOf(recalled))[0]?.id ?? "", reason: "other" }, after(3))
  expect(await remindUnread(after(4))).toBe(1)
  expect(await reminders()).toEqual([1, 0, 0, 0, 0, 0])
  expect([await mailsOf(house.employer, "reminder"), await mailsOf(house.office, "reminder")]).toEqual([0, 0])
})

test("again on that day, and at once by two, nobody is; on the tenth day once more, and never after that", async () => {
  expect(await Promise.all([remindUnread(after(4)), remindUnread(after(4.5))])).toEqual([0, 0])
  expect(await remindUnread(after(9))).toBe(0)
  expect(await Promise.all([remindUnread(after(10)), remindUnread(after(10))]).then((both) => both.reduce((sum, one) => sum + one))).toBe(1)
  for (const day of [11, 14, 40]) expect(await remindUnread(after(day))).toBe(0)
  expect(await reminders()).toEqual([2, 0, 0, 0, 0, 0])
})

test("who was killed between finding and mailing goes on where it was: everybody once", async () => {
  const [employee] = people
  const sentAt = after(50)
  await remindUnread(sentAt)
  await sendPayslips(house, sentAt)
  const due = new Date(sentAt.getTime() + 4 * 86_400_000 + 60_000)
  await asSystem("remind", async (tx) => {
    await tx.reminderRound.updateMany({ where: { days: 4 }, data: { doneUntil: new Date(due.getTime() - 4 * 86_400_000) } })
    await insertDue(tx, [{ from: new Date(sentAt.getTime() - 1), until: new Date(due.getTime() - 4 * 86_400_000) }], due)
  })
  expect(await mailsOf(employee ?? house.employee, "reminder")).toBe(2)
  expect(await remindUnread(due)).toBe(3)
  expect(await remindUnread(due)).toBe(0)
  expect(await reminders()).toEqual([3, 1, 0, 0, 0, 1])
}, 60_000)
