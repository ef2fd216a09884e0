import { setTimeout } from "node:timers/promises"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { viewPasswordLink } from "#domain/accounts/view-password-link.ts"
import { invite, withdrawInvitation } from "#domain/invitations/change-access.ts"
import { holdNewestInvitation, spendInvitationTry } from "#domain/invitations/invitation-repository.ts"
import { renewInvitation } from "#domain/invitations/use-invitation.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { invitationLimits } from "#policy/link-limits.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { makeClient, makeOffice, today } from "../../support/house.ts"
import { accountOf, bornOn, bringInPeople, codeOf, enterBy, invitedLink, linkFor, newestToken } from "./people.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const later = (minutes: number) => new Date(today.getTime() + minutes * 60_000)

let here: { office: Viewer; people: Map<string, string> } | undefined
let person = 0
let [partyId, address] = ["", ""]

beforeAll(async () => {
  const names = Array.from({ length: 20 }, (_one, index) => `Persoon${index + 1}`)
  const make = async (wageTaxNumber: string, who: readonly string[]) => {
    const office = await makeOffice()
    return { office, people: await bringInPeople(office, await makeClient(office, wageTaxNumber), who) }
  }
  here = await make("999990020L01", names)
})

beforeEach(() => {
  const name = `Persoon${++person}`
  ;[partyId, address] = [here?.people.get(name) ?? "", `${name.toLowerCase()}@werk.test`]
})

function noViewer(): Viewer {
  throw new Error("no world")
}
const office = () => here?.office ?? noViewer()

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
