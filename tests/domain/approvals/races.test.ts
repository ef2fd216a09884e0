import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { approve, refuse } from "#domain/approvals/answer-approval.ts"
import { layBefore, withdrawApproval } from "#domain/approvals/lay-before.ts"
import { viewApproval } from "#domain/approvals/view-approval.ts"
import { deliver } from "#domain/deliveries/deliver.ts"
import { changePublication, planDelivery, takeBackDelivery } from "#domain/deliveries/plan-delivery.ts"
import { publishDelivery, publishDue } from "#domain/deliveries/release-delivery.ts"
import { removeItem } from "#domain/deliveries/remove-from-delivery.ts"
import { unstageDelivery } from "#domain/deliveries/stage-delivery.ts"
import { viewDelivery } from "#domain/deliveries/view-delivery.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { atOnce } from "../../support/at-once.ts"
import { useDatabase } from "../../support/database.ts"
import { today, viewerFor } from "../../support/house.ts"
import { approvalMails, jobsFor, makePair, stagedWith, type Pair } from "./people.ts"

const database = useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

let pair: Pair
let second: Viewer
let deliveryId: string
beforeAll(async () => {
  pair = await makePair()
  second = await viewerFor("employer", pair.employerId)
})
beforeEach(async () => {
  deliveryId = await stagedWith(pair.office, pair.employerId)
  await asSystem("operate", (tx) => tx.mail.deleteMany())
})

const racing = (works: readonly (() => Promise<void>)[]) => atOnce(database.ownerUrl, `select from delivery where id = '${deliveryId}' for update`, works)
const lay = (publishAt: string | null = null) => layBefore(pair.office, { deliveryId, comment: "", publishAt }, today)
const laid = async (publishAt: string | null = null) => {
  await lay(publishAt)
  return (await viewApproval(pair.employer, { deliveryId })).openRoundId ?? ""
}
const stateOf = async () => (await viewDelivery(pair.office, { deliveryId })).delivery.state
const answers = async () => (await viewApproval(pair.office, { deliveryId })).rounds.map((round) => [round.answer, round.entries.map((entry) => entry.kind)])

test("two colleagues who approve at once approve once, and it goes out once", async () => {
  const roundId = await laid()
  const outcomes = await racing([() => approve(pair.employer, { roundId, comment: "een" }, today), () => approve(second, { roundId, comment: "twee" }, today)])
  expect(outcomes.map((one) => one.status)).toEqual(["fulfilled", "fulfilled"])
  expect(await answers()).toEqual([["approved", ["laid", "approved"]]])
  expect(await jobsFor("send-delivery", deliveryId)).toBe(1)
  expect((await approvalMails()).filter(([, what]) => what === "approved")).toHaveLength(1)
  await Promise.all([deliver({ deliveryId }, today), deliver({ deliveryId }, today)])
  expect(await asSystem("operate", (tx) => tx.dossierFile.count({ where: { deliveryId } }))).toBe(1)
})

test("of akkoord and no akkoord at once, one is the answer and the other hears that there is one", async () => {
  const roundId = await laid()
  const outcomes = await racing([() => refuse(pair.employer, { roundId, comment: "Fout" }, today), () => approve(second, { roundId, comment: "" }, today)])
  expect(outcomes).toMatchObject([{ status: "fulfilled" }, { status: "rejected", reason: { code: "approval-closed" } }])
  expect(await answers()).toEqual([["refused", ["laid", "refused"]]])
  expect(await stateOf()).toBe("staged")
})

test("of taking back and approving at once, whoever is first wins", async () => {
  const roundId = await laid()
  const outcomes = await racing([() => withdrawApproval(pair.office, { deliveryId }, today), () => approve(pair.employer, { roundId, comment: "" }, today)])
  expect(outcomes).toMatchObject([{ status: "fulfilled" }, { status: "rejected", reason: { code: "approval-closed" } }])
  expect(await stateOf()).toBe("staged")
  const again = await laid()
  const other = await racing([() => approve(pair.employer, { roundId: again, comment: "" }, today), () => withdrawApproval(pair.office, { deliveryId }, today)])
  expect(other).toMatchObject([{ status: "fulfilled" }, { status: "rejected", reason: { code: "delivery-sending" } }])
  expect(await stateOf()).toBe("sending")
})

test("a change at the moment of akkoord is refused: what was seen goes out", async () => {
  const roundId = await laid()
  const itemId = (await viewDelivery(pair.office, { deliveryId })).items[0]?.id ?? ""
  const outcomes = await racing([() => approve(pair.employer, { roundId, comment: "" }, today), () => removeItem(pair.office, { itemId }), () => unstageDelivery(pair.office, { deliveryId })])
  expect(outcomes).toMatchObject([{ status: "fulfilled" }, { status: "rejected", reason: { code: "delivery-sending" } }, { status: "rejected", reason: { code: "delivery-sending" } }])
  expect((await viewDelivery(pair.office, { deliveryId })).items).toHaveLength(1)
})

test("a change at the moment of laying before is in it, or is refused; and two lay it once", async () => {
  const outcomes = await racing([lay, () => unstageDelivery(pair.office, { deliveryId }), lay])
  expect(outcomes).toMatchObject([{ status: "fulfilled" }, { status: "rejected", reason: { code: "delivery-reviewing" } }, { status: "fulfilled" }])
  expect(await answers()).toEqual([[null, ["laid"]]])
  expect(await approvalMails()).toHaveLength(1)
})

test("a lost job, a double one and the sweep together deliver a planned delivery once, and not before its date", async () => {
  const publishAt = new Date("2026-04-01T07:00:00Z")
  await planDelivery(pair.office, { deliveryId, publishAt: "2026-04-01T09:00" }, today)
  expect(await jobsFor("publish-delivery", deliveryId)).toBe(1)
  await publishDue(new Date(publishAt.getTime() - 1))
  await deliver({ deliveryId }, publishAt)
  expect(await stateOf()).toBe("planned")
  expect(await asSystem("operate", (tx) => tx.dossierFile.count({ where: { deliveryId } }))).toBe(0)
  const outcomes = await racing([() => publishDue(publishAt), () => publishDelivery({ deliveryId }, publishAt), () => publishDue(publishAt)])
  expect(outcomes.map((one) => one.status)).toEqual(["fulfilled", "fulfilled", "fulfilled"])
  expect(await jobsFor("send-delivery", deliveryId)).toBe(1)
  await Promise.all([deliver({ deliveryId }, publishAt), deliver({ deliveryId }, publishAt)])
  await publishDue(new Date("2026-05-01T00:00:00Z"))
  expect(await asSystem("operate", (tx) => tx.dossierFile.count({ where: { deliveryId } }))).toBe(1)
})

test("of taking back, changing the date and the date itself at once, nothing is half", async () => {
  const publishAt = new Date("2026-04-01T07:00:00Z")
  await planDelivery(pair.office, { deliveryId, publishAt: "2026-04-01T09:00" }, today)
  const back = await racing([() => takeBackDelivery(pair.office, { deliveryId }), () => publishDelivery({ deliveryId }, publishAt), () => changePublication(pair.office, { deliveryId, publishAt: "2026-04-03T09:00" }, today)])
  expect(back).toMatchObject([{ status: "fulfilled" }, { status: "fulfilled" }, { status: "rejected", reason: { code: "delivery-staged" } }])
  expect(await stateOf()).toBe("staged")
  await planDelivery(pair.office, { deliveryId, publishAt: "2026-04-01T09:00" }, today)
  const moved = await racing([() => changePublication(pair.office, { deliveryId, publishAt: "2026-04-03T09:00" }, today), () => publishDelivery({ deliveryId }, publishAt)])
  expect(moved.map((one) => one.status)).toEqual(["fulfilled", "fulfilled"])
  expect(await stateOf()).toBe("planned")
  const late = await racing([() => publishDelivery({ deliveryId }, new Date("2026-04-03T07:00:00Z")), () => takeBackDelivery(pair.office, { deliveryId })])
  expect(late).toMatchObject([{ status: "fulfilled" }, { status: "rejected", reason: { code: "delivery-sending" } }])
})
