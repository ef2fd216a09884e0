import { afterAll, beforeAll, expect, test } from "vitest"
import { closeDatabase, asSystem } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { keptWords } from "#policy/mail-texts.ts"
import { useDatabase } from "../../support/database.ts"
import { letter } from "../mail-texts/people.ts"
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

const outcome = (before: string) => {
  try {
    return keptWords("new-files", { subject: "Nieuws", before, after: "" }).before
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error
  }
}

test.each([
  "Log in op {adres-portaal}.elders.test",
  "Log in op {adres-portaal}@elders.nl",
  "Log in op {adres-portaal}:x@elders.test",
  "Log in op {adres-portaal}/../inloggen",
  "Log in op {adres-portaal}{naam-kantoor}",
  "Log in op mijn{adres-portaal}",
  "Log in op {naam-kantoor}.nl",
  "Log in op inloggen.{naam-kantoor}",
  "Log in op {naam-kantoor}.elders.nl",
  "Log in op elders.ru?loon",
  "Log in op elders.ru:8443",
  "Log in op elders.link",
  "Log in op elders．nl",
  "Log in op elders。nl",
])("a filled in word cannot be made part of an address of somebody else: %s", (words) => {
  expect(outcome(words)).toBe("mail-text-address")
})

test.each(["Log in op elders.\u200bnl", "Log in op eld\u00aders", "Dag\u200f daar", "Dag\u061c daar", "Dag\ufeff daar"])("signs that nobody sees are refused: %j", (words) => {
  expect(outcome(words)).toBe("mail-text-odd")
})

test.each(["U vindt ze op {adres-portaal}.", "Ga naar ({adres-portaal}), van {naam-werkgever}.", "Vragen? Mail loon@kantoor.nl.", "Van {naam-werkgever} B.V., o.a. voor {naam-kantoor}: \"{adres-portaal}\"!"])("what is no address stays: %s", (words) => {
  expect(outcome(words)).toBe(words)
})

test("a name that turns the direction of what follows does not do so in a subject", async () => {
  await asSystem("operate", (tx) => tx.employer.update({ where: { id: house.employer.partyId }, data: { name: "Bakker\u202eij\u200b" } }))
  await asSystem("operate", (tx) => tx.mailText.createMany({ data: [{ id: house.employer.partyId, partyId: house.employer.partyId, kind: "new-files", locale: "nl", subject: "Van {naam-werkgever}", before: "Dag", after: "", changedAt: new Date() }] }))
  expect((await letter(house.employee, "new-files", { partyId: house.employee.partyId })).subject).toBe("Van Bakker ij")
})
