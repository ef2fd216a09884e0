import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { addNote } from "#domain/approvals/add-note.ts"
import { approve, refuse } from "#domain/approvals/answer-approval.ts"
import { layBefore, withdrawApproval } from "#domain/approvals/lay-before.ts"
import { remindApprovers } from "#domain/approvals/remind-approvers.ts"
import { viewApproval } from "#domain/approvals/view-approval.ts"
import { deliver } from "#domain/deliveries/deliver.ts"
import { changePublication, planDelivery, takeBackDelivery } from "#domain/deliveries/plan-delivery.ts"
import { readItem } from "#domain/deliveries/preview-item.ts"
import { publishDelivery } from "#domain/deliveries/release-delivery.ts"
import { removeDelivery, removeItem } from "#domain/deliveries/remove-from-delivery.ts"
import { sendDelivery, stageDelivery, unstageDelivery } from "#domain/deliveries/stage-delivery.ts"
import { viewDelivery } from "#domain/deliveries/view-delivery.ts"
import { viewDossier } from "#domain/dossiers/view-dossier.ts"
import { changeNeedsApproval, viewNeedsApproval } from "#domain/parties/need-approval.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import { useDatabase } from "../../support/database.ts"
import { bytesOf, today } from "../../support/house.ts"
import { approvalMails, jobsFor, makePair, stagedWith, type Pair } from "./people.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const later = new Date("2026-03-27T09:12:00Z")
const nextWeek = "2026-04-01T09:00"
const nextWeekAt = new Date("2026-04-01T07:00:00Z")
const employerAddress = "werkgever@voorbeeld.test"

let pair: Pair
let deliveryId: string

beforeAll(async () => {
  pair = await makePair()
})
beforeEach(async () => {
  deliveryId = await stagedWith(pair.office, pair.employerId)
  await asSystem("operate", (tx) => tx.mail.deleteMany())
})

const stateOf = async () => (await viewDelivery(pair.office, { deliveryId })).delivery.state
const roundId = async () => (await viewApproval(pair.employer, { deliveryId })).openRoundId ?? ""
const lay = (publishAt: string | null = null, comment = "") => layBefore(pair.office, { deliveryId, comment, publishAt }, today)
const entriesSeenBy = async (who: Pair["office"]) => (await viewApproval(who, { deliveryId })).rounds.map((round) => [round.number, round.answer, round.entries.map(({ kind, name, comment }) => [kind, name, comment])])

describe("in two steps", () => {
  test("refused with a reason, corrected, laid again and approved: it goes out by itself, and both sides have the whole history", async () => {
    await lay(null, "  Graag nakijken  ")
    await lay()
    expect(await stateOf()).toBe("reviewing")
    const seen = await viewDelivery(pair.employer, { deliveryId })
    expect(seen).toMatchObject({ isOwn: false, mayChange: false, maySend: false, uploads: [], items: [{ kind: "series-overview" }] })
    expect((await bytesOf((await readItem(pair.employer, { itemId: seen.items[0]?.id ?? "" })).stream)).subarray(0, 5).toString()).toBe("%PDF-")
    await expect(sendDelivery(pair.office, { deliveryId })).rejects.toMatchObject({ code: "delivery-reviewing" })

    const first = await roundId()
    await expect(refuse(pair.employer, { roundId: first, comment: "   " }, today)).rejects.toMatchObject({ code: "approval-reason-missing", details: { field: "reason" } })
    await refuse(pair.employer, { roundId: first, comment: "Uren van Bakker kloppen niet" }, today)
    await refuse(pair.employer, { roundId: first, comment: "nog eens" }, today)
    expect(await stateOf()).toBe("staged")
    const hidden = await viewDelivery(pair.employer, { deliveryId })
    expect(hidden.items).toEqual([])
    await expect(readItem(pair.employer, { itemId: seen.items[0]?.id ?? "" })).rejects.toMatchObject({ code: "not-found" })
    await expect(approve(pair.employer, { roundId: first, comment: "" }, today)).rejects.toMatchObject({ code: "approval-closed" })

    await addNote(pair.office, { deliveryId, comment: "Aangepast" }, today)
    await unstageDelivery(pair.office, { deliveryId })
    await stageDelivery(pair.office, { deliveryId }, today)
    await lay()
    await approve(pair.employer, { roundId: await roundId(), comment: "Dank" }, today)
    expect(await stateOf()).toBe("sending")
    expect(await jobsFor("send-delivery", deliveryId)).toBe(1)
    await deliver({ deliveryId }, today)
    expect((await viewDossier(pair.employer, { year: null }, today)).files.payroll.map((file) => file.kind)).toEqual(["series-overview"])

    const [office, bakery] = [(await viewApproval(pair.office, { deliveryId })).rounds[0]?.entries[0]?.name ?? "", "Bakkerij De Korenmaat B.V."]
    const history = [
      [1, "refused", [["laid", office, "Graag nakijken"], ["refused", bakery, "Uren van Bakker kloppen niet"], ["note", office, "Aangepast"]]],
      [2, "approved", [["laid", office, null], ["approved", bakery, "Dank"]]],
    ]
    expect(office).toMatch(/^Kantoor \d+$/)
    expect(await entriesSeenBy(pair.office)).toEqual(history)
    expect(await entriesSeenBy(pair.employer)).toEqual(history)
    const officeAddress = `${pair.office.username}@kantoor.test`
    expect(await approvalMails()).toEqual([[employerAddress, "asked"], [officeAddress, "refused"], [employerAddress, "note"], [employerAddress, "asked"], [officeAddress, "approved"]])
    const events = await asSystem("operate", (tx) => tx.auditEvent.findMany({ where: { chainId: deliveryId, kind: { startsWith: "approval." } }, orderBy: { seq: "asc" }, select: { kind: true, partyId: true } }))
    expect(events).toEqual([
      { kind: "approval.asked", partyId: pair.office.partyId }, { kind: "approval.refused", partyId: pair.employerId }, { kind: "approval.noted", partyId: pair.office.partyId },
      { kind: "approval.asked", partyId: pair.office.partyId }, { kind: "approval.given", partyId: pair.employerId },
    ])
  })

  test("while it lies before the employer nothing about it changes, also not past the use cases; taken back, it does", async () => {
    await lay(nextWeek)
    const [item] = (await viewDelivery(pair.office, { deliveryId })).items
    await expect(removeItem(pair.office, { itemId: item?.id ?? "" })).rejects.toMatchObject({ code: "delivery-reviewing" })
    await expect(unstageDelivery(pair.office, { deliveryId })).rejects.toMatchObject({ code: "delivery-reviewing" })
    await expect(removeDelivery(pair.office, { deliveryId })).rejects.toMatchObject({ code: "delivery-reviewing" })
    await expect(changePublication(pair.office, { deliveryId, publishAt: "2026-04-02T09:00" }, today)).rejects.toMatchObject({ code: "delivery-reviewing" })
    await expect(asSystem("operate", (tx) => tx.deliveryItem.updateMany({ where: { deliveryId }, data: { period: 4 } }))).rejects.toThrow(/does not change/)
    const stale = await roundId()
    await withdrawApproval(pair.office, { deliveryId }, today)
    await withdrawApproval(pair.office, { deliveryId }, today)
    await expect(approve(pair.employer, { roundId: stale, comment: "" }, today)).rejects.toMatchObject({ code: "approval-closed" })
    await removeItem(pair.office, { itemId: item?.id ?? "" })
    await expect(lay()).rejects.toMatchObject({ code: "delivery-empty" })
  })

  test("with a publication date it waits for that, and another date needs akkoord anew", async () => {
    await lay(nextWeek)
    await approve(pair.employer, { roundId: await roundId(), comment: "" }, today)
    await approve(pair.employer, { roundId: (await viewApproval(pair.employer, { deliveryId })).rounds[0]?.id ?? "", comment: "" }, today)
    expect((await viewDelivery(pair.employer, { deliveryId })).delivery).toMatchObject({ state: "planned", publishAt: nextWeekAt })
    await publishDelivery({ deliveryId }, new Date(nextWeekAt.getTime() - 1))
    expect(await stateOf()).toBe("planned")
    await changePublication(pair.office, { deliveryId, publishAt: nextWeek }, today)
    expect(await stateOf()).toBe("planned")
    await changePublication(pair.office, { deliveryId, publishAt: "2026-04-02T09:00" }, today)
    expect(await stateOf()).toBe("staged")
    await publishDelivery({ deliveryId }, new Date("2026-05-01T00:00:00Z"))
    expect(await stateOf()).toBe("staged")
    expect((await viewDelivery(pair.employer, { deliveryId })).items).toEqual([])
  })

  test("approved after its date it goes out at once", async () => {
    await lay(nextWeek)
    await approve(pair.employer, { roundId: await roundId(), comment: "" }, new Date("2026-04-03T09:00:00Z"))
    expect(await stateOf()).toBe("sending")
  })

  test("nothing red is laid before anybody, and nobody is asked where nobody can answer", async () => {
    const { office, employerId } = await makePair("999990044L01")
    const lonely = await stagedWith(office, employerId)
    await asSystem("operate", (tx) => tx.accountRole.updateMany({ where: { partyId: employerId }, data: { endedAt: today } }))
    await expect(layBefore(office, { deliveryId: lonely, comment: "", publishAt: null }, today)).rejects.toMatchObject({ code: "approval-nobody" })
    expect((await viewDelivery(office, { deliveryId: lonely })).delivery.state).toBe("staged")
    await asSystem("operate", (tx) => tx.deliveryItem.updateMany({ where: { deliveryId }, data: { period: 13 } }))
    await expect(lay()).rejects.toMatchObject({ code: "delivery-has-red" })
  })
})

describe("where akkoord is always needed", () => {
  test("nothing is sent or planned without it, and what was approved goes out also after a failure; a change makes it void", async () => {
    expect(await viewNeedsApproval(pair.office, { employerId: pair.employerId })).toBe(false)
    await changeNeedsApproval(pair.office, { employerId: pair.employerId, needsApproval: true })
    expect(await viewDelivery(pair.office, { deliveryId })).toMatchObject({ needsApproval: true })
    await expect(sendDelivery(pair.office, { deliveryId })).rejects.toMatchObject({ code: "approval-needed" })
    await expect(planDelivery(pair.office, { deliveryId, publishAt: nextWeek }, today)).rejects.toMatchObject({ code: "approval-needed" })
    await lay(nextWeek)
    await approve(pair.employer, { roundId: await roundId(), comment: "" }, today)
    await takeBackDelivery(pair.office, { deliveryId })
    await takeBackDelivery(pair.office, { deliveryId })
    await expect(sendDelivery(pair.office, { deliveryId })).rejects.toMatchObject({ code: "approval-needed" })
    await expect(planDelivery(pair.office, { deliveryId, publishAt: "2026-04-02T09:00" }, today)).rejects.toMatchObject({ code: "approval-needed" })
    await planDelivery(pair.office, { deliveryId, publishAt: nextWeek }, today)
    expect(await stateOf()).toBe("planned")
    await takeBackDelivery(pair.office, { deliveryId })
    await asSystem("operate", (tx) => tx.deliveryItem.updateMany({ where: { deliveryId }, data: { period: 4 } }))
    expect((await viewApproval(pair.office, { deliveryId })).rounds).toMatchObject([{ answer: "approved", hasLapsed: true }])
    await expect(planDelivery(pair.office, { deliveryId, publishAt: nextWeek }, today)).rejects.toMatchObject({ code: "approval-needed" })
    await changeNeedsApproval(pair.office, { employerId: pair.employerId, needsApproval: false })
    await sendDelivery(pair.office, { deliveryId })
    expect(await stateOf()).toBe("sending")
  })

  test("only the office says so, of its own clients, and no reader", async () => {
    const stranger = (await makePair("999990056L01")).office
    const input = { employerId: pair.employerId, needsApproval: true }
    await expect(changeNeedsApproval(stranger, input)).rejects.toMatchObject({ code: "not-found" })
    await expect(changeNeedsApproval(pair.employer, input)).rejects.toMatchObject({ code: "not-found" })
    await expect(changeNeedsApproval({ ...pair.office, rank: "reader" }, input)).rejects.toMatchObject({ code: "reader" })
    expect(await viewNeedsApproval(pair.office, input)).toBe(false)
  })
})

test("without an answer for two days who may answer is mailed once more, and once", async () => {
  await lay()
  await remindApprovers(new Date(later.getTime() - 1))
  expect(await approvalMails()).toEqual([[employerAddress, "asked"]])
  await Promise.all([remindApprovers(later), remindApprovers(later)])
  await remindApprovers(new Date("2026-04-20T00:00:00Z"))
  expect((await approvalMails()).filter(([, what]) => what === "reminder")).toEqual([[employerAddress, "reminder"]])
  await withdrawApproval(pair.office, { deliveryId }, later)
})

test("something said is no nothing, and goes nowhere where nothing was laid", async () => {
  await expect(addNote(pair.office, { deliveryId, comment: "Hallo" }, today)).rejects.toMatchObject({ code: "not-found" })
  await lay()
  await expect(addNote(pair.employer, { deliveryId, comment: "  " }, today)).rejects.toMatchObject({ code: "approval-note-empty" })
  await addNote(pair.employer, { deliveryId, comment: "Een vraag" }, today)
  expect((await approvalMails()).at(-1)).toEqual([`${pair.office.username}@kantoor.test`, "note"])
})
