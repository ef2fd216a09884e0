import { afterAll, beforeAll, expect, test } from "vitest"
import { queueMails } from "#domain/mails/queue-mails.ts"
import { retryMail } from "#domain/mails/retry-mail.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { useDatabase } from "../../support/database.ts"
import { makeHouse, type House } from "../sharing/people.ts"

useDatabase()
let house: House
beforeAll(async () => {
  house = await makeHouse()
}, 60_000)
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

test("what an office was mailed about a client, sent once more, does not go to that client", async () => {
  const id = await asSystem("operate", async (tx) => {
    await tx.employer.update({ where: { id: house.employer.partyId }, data: { email: "directie@klant.test" } })
    await queueMails(tx, [{ kind: "approval", accountId: house.office.accountId, toAddress: "kantoor@kantoor.test", partyId: house.employer.partyId, token: "refused" }], new Date())
    const mail = await tx.mail.findFirstOrThrow({ where: { kind: "approval" }, select: { id: true } })
    await tx.mail.update({ where: { id: mail.id }, data: { state: "failed", failure: "EENVELOPE 550" } })
    return mail.id
  })
  await retryMail(house.office, { mailId: id }, new Date())
  expect(await asSystem("operate", (tx) => tx.mail.findUnique({ where: { id }, select: { state: true, toAddress: true } }))).toEqual({ state: "queued", toAddress: "kantoor@kantoor.test" })
})
