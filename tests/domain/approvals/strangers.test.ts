import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { addNote } from "#domain/approvals/add-note.ts"
import { approve, refuse } from "#domain/approvals/answer-approval.ts"
import { layBefore, withdrawApproval } from "#domain/approvals/lay-before.ts"
import { viewApproval } from "#domain/approvals/view-approval.ts"
import { assignItem } from "#domain/deliveries/assign-item.ts"
import { changePublication, planDelivery, takeBackDelivery } from "#domain/deliveries/plan-delivery.ts"
import { paintItem, readItem } from "#domain/deliveries/preview-item.ts"
import { removeDelivery, removeItem, removeUpload } from "#domain/deliveries/remove-from-delivery.ts"
import { sendDelivery, stageDelivery, unstageDelivery } from "#domain/deliveries/stage-delivery.ts"
import { listDeliveries, viewDelivery } from "#domain/deliveries/view-delivery.ts"
import { acceptEmployer } from "#domain/moves/accept-employer.ts"
import { chooseOffice, confirmOffice, viewOfficeChoice } from "#domain/moves/ask-office.ts"
import { addEmployer } from "#domain/parties/add-employer.ts"
import { viewFrame } from "#domain/parties/view-frame.ts"
import { addStaff, type StaffRights } from "#domain/staff/change-staff.ts"
import { asSystem, asViewer, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, drop, employerInput, makeOffice, makeSelfRunning, sample, today, viewerFor } from "../../support/house.ts"
import { comeIn } from "../../support/staff.ts"
import { approvalMails, makePair, stagedWith, type Pair } from "./people.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

let pair: Pair
let deliveryId: string
let itemId: string
let uploadId: string
let roundId: string
let strangers: Record<string, Viewer>

beforeAll(async () => {
  pair = await makePair()
  const bakers = await bringInBakers(pair.office, pair.employerId)
  const other = await makePair("999990044L01")
  const colleague = async (by: Viewer, name: string, rights: StaffRights) => {
    const email = `${name}@test.test`
    await addStaff(by, { name, email, ...rights }, today)
    return comeIn(email)
  }
  const limited = await colleague(pair.office, "alleen-een-ander", { rank: "member", clients: [(await addEmployer(pair.office, employerInput("999990056L01"), today)).employerId] })
  strangers = {
    "another office": other.office,
    "another client": other.employer,
    "an employer without an office": await makeSelfRunning("999990068L01"),
    "the employee whose payslip is in it": await viewerFor("employee", bakers.get("4") ?? ""),
    "a reader of the employer": await colleague(pair.employer, "lezer", { rank: "reader", clients: null }),
    "who sees the overviews alone": await colleague(pair.employer, "teamleider", { rank: "overviews", clients: null }),
    "a colleague of the office without this client": limited,
  }
  deliveryId = await stagedWith(pair.office, pair.employerId, "loonstroken-maart-2026.pdf")
  await asSystem("operate", (tx) => tx.mail.deleteMany())
  await layBefore(pair.office, { deliveryId, comment: "", publishAt: null }, today)
  const seen = await viewDelivery(pair.office, { deliveryId })
  itemId = seen.items[0]?.id ?? ""
  uploadId = seen.uploads[0]?.id ?? ""
  roundId = (await viewApproval(pair.employer, { deliveryId })).openRoundId ?? ""
}, 200_000)

const everything = async () => JSON.stringify(await asSystem("operate", async (tx) => [await tx.delivery.findMany(), await tx.deliveryItem.findMany(), await tx.approvalRound.findMany(), await tx.approvalEntry.findMany(), await tx.auditEvent.count()]), (_key, value) => (typeof value === "bigint" ? String(value) : value))
const assigned = () => ({ itemId, kind: "payslip" as const, year: 2026, period: 3, periodKind: "month" as const, employeeId: null })

/** All that can be done with a delivery by whoever knows its ids. */
const acts = (): Record<string, (viewer: Viewer) => Promise<unknown>> => ({
  view: (viewer) => viewDelivery(viewer, { deliveryId }),
  read: (viewer) => readItem(viewer, { itemId }),
  paint: (viewer) => paintItem(viewer, { itemId, page: 1, width: 200 }),
  lay: (viewer) => layBefore(viewer, { deliveryId, comment: "", publishAt: null }, today),
  withdraw: (viewer) => withdrawApproval(viewer, { deliveryId }, today),
  approve: (viewer) => approve(viewer, { roundId, comment: "" }, today),
  refuse: (viewer) => refuse(viewer, { roundId, comment: "Nee" }, today),
  note: (viewer) => addNote(viewer, { deliveryId, comment: "Hallo" }, today),
  send: (viewer) => sendDelivery(viewer, { deliveryId }),
  plan: (viewer) => planDelivery(viewer, { deliveryId, publishAt: "2026-04-01T09:00" }, today),
  change: (viewer) => changePublication(viewer, { deliveryId, publishAt: "2026-04-01T09:00" }, today),
  takeBack: (viewer) => takeBackDelivery(viewer, { deliveryId }),
  stage: (viewer) => stageDelivery(viewer, { deliveryId }, today),
  unstage: (viewer) => unstageDelivery(viewer, { deliveryId }),
  removeItem: (viewer) => removeItem(viewer, { itemId }),
  removeUpload: (viewer) => removeUpload(viewer, { uploadId }),
  removeDelivery: (viewer) => removeDelivery(viewer, { deliveryId }),
  assign: (viewer) => assignItem(viewer, assigned()),
  drop: async (viewer) => drop(viewer, deliveryId, "x.pdf", await sample("maart", "betaallijst-maart-2026.pdf")),
})

describe("of what was laid before an employer", () => {
  test.each(["another office", "another client", "an employer without an office", "the employee whose payslip is in it", "a reader of the employer", "who sees the overviews alone", "a colleague of the office without this client"])("%s sees nothing and does nothing", async (who) => {
    const viewer = strangers[who] ?? pair.office
    const before = await everything()
    for (const [what, act] of Object.entries(acts())) {
      await expect(act(viewer), what).rejects.toMatchObject({ code: expect.stringMatching(viewer.kind === "employee" ? /^(not-found|forbidden)$/ : /^not-found$/) })
    }
    const rows = await asViewer(viewer, async (tx) => [await tx.delivery.count({ where: { id: deliveryId } }), await tx.deliveryItem.count({ where: { deliveryId } }), await tx.deliveryUpload.count({ where: { deliveryId } }), await tx.approvalRound.count(), await tx.approvalEntry.count()])
    expect(rows).toEqual([0, 0, 0, 0, 0])
    expect(await everything()).toBe(before)
    if (viewer.kind !== "employee") expect((await listDeliveries(viewer, { employerId: null })).map((one) => one.id)).not.toContain(deliveryId)
  })

  test("the employer sees it, answers and talks, and does nothing of what is the office's", async () => {
    const before = await everything()
    const own = ["lay", "withdraw", "send", "plan", "change", "takeBack", "stage", "unstage", "removeItem", "removeUpload", "removeDelivery", "assign", "drop"]
    for (const what of own) await expect(acts()[what]?.(pair.employer), what).rejects.toMatchObject({ code: "not-found" })
    expect(await everything()).toBe(before)
    expect((await viewDelivery(pair.employer, { deliveryId })).items).toHaveLength(24)
    expect((await listDeliveries(pair.employer, { employerId: null })).map((one) => one.id)).toEqual([deliveryId])
    expect(await viewFrame(pair.employer)).toMatchObject({ runsPayroll: false, hasDeliveries: true, laidBefore: 1 })
    expect(await viewFrame(pair.office)).toMatchObject({ hasDeliveries: false, laidBefore: 0 })
  })

  test("no statement of the employer's or the office's own changes it past the use cases", async () => {
    const employer = (work: Parameters<typeof asViewer<number>>[1]) => asViewer(pair.employer, work)
    expect(await employer((tx) => tx.$executeRaw`update delivery set state = 'sending'`)).toBe(0)
    expect(await employer((tx) => tx.$executeRaw`delete from delivery`)).toBe(0)
    expect(await employer((tx) => tx.$executeRaw`update delivery_item set kind = 'other'`)).toBe(0)
    expect(await employer((tx) => tx.$executeRaw`delete from delivery_item`)).toBe(0)
    expect(await employer((tx) => tx.$executeRaw`delete from delivery_upload`)).toBe(0)
    expect(await employer((tx) => tx.$executeRaw`update engagement set needs_approval = true`)).toBe(0)
    const office = (work: Parameters<typeof asViewer<number>>[1]) => asViewer(pair.office, work)
    await expect(office((tx) => tx.$executeRaw`update delivery set state = 'sending' where id = ${deliveryId}::uuid`)).rejects.toThrow(/waits for an answer/)
    await expect(office((tx) => tx.$executeRaw`update delivery set publish_at = now() where id = ${deliveryId}::uuid`)).rejects.toThrow(/waits for an answer/)
    await expect(office((tx) => tx.$executeRaw`update delivery set open_to_employer = true where id = ${deliveryId}::uuid`)).rejects.toThrow(/permission denied/)
    await expect(office((tx) => tx.$executeRaw`update approval_round set answer = 'approved', answered_at = now()`)).rejects.toThrow(/permission denied/)
    await expect(office((tx) => tx.$executeRaw`delete from delivery_item where delivery_id = ${deliveryId}::uuid`)).rejects.toThrow(/does not change/)
  })

  test("a reader of the office sees how it stands and changes nothing", async () => {
    await addStaff(pair.office, { name: "Lezer", email: "kijker@test.test", rank: "reader", clients: null }, today)
    const reader = await comeIn("kijker@test.test")
    expect(await viewDelivery(reader, { deliveryId })).toMatchObject({ mayChange: false, delivery: { state: "reviewing" } })
    expect((await viewApproval(reader, { deliveryId })).mayNote).toBe(false)
    for (const act of [acts()["lay"], acts()["withdraw"], acts()["note"]]) await expect(act?.(reader)).rejects.toMatchObject({ code: "reader" })
  })

  test("who is asked and answered are those who may answer, and have this client", async () => {
    const asked = (await approvalMails()).map(([to]) => to)
    expect(asked).toEqual(["werkgever@voorbeeld.test"])
    await refuse(pair.employer, { roundId, comment: "Nee" }, today)
    expect((await approvalMails()).slice(asked.length)).toEqual([[`${pair.office.username}@kantoor.test`, "refused"]])
    await layBefore(pair.office, { deliveryId, comment: "", publishAt: null }, today)
  })

  test("a move to another office closes it: the old office and the new one see nothing, and no answer counts any more", async () => {
    const next = await makeOffice()
    const open = (await viewApproval(pair.employer, { deliveryId })).openRoundId ?? ""
    await chooseOffice(pair.employer, { clientNumber: next.username }, today)
    const moveId = (await viewOfficeChoice(pair.employer)).move?.id ?? ""
    await confirmOffice(pair.employer, { moveId }, today)
    await acceptEmployer(next, { moveId }, today)
    for (const viewer of [pair.office, next, pair.employer]) {
      await expect(viewDelivery(viewer, { deliveryId })).rejects.toMatchObject({ code: "not-found" })
      expect((await viewApproval(viewer, { deliveryId })).rounds).toEqual([])
    }
    await expect(approve(pair.employer, { roundId: open, comment: "" }, today)).rejects.toMatchObject({ code: "not-found" })
  })

  test("an employer that runs payroll itself has no akkoord, but plans", async () => {
    const self = await makeSelfRunning("999990081L01")
    const own = await stagedWith(self, self.partyId)
    expect(await viewDelivery(self, { deliveryId: own })).toMatchObject({ isOwn: true, mayLayBefore: false })
    await expect(layBefore(self, { deliveryId: own, comment: "", publishAt: null }, today)).rejects.toMatchObject({ code: "not-found" })
    await expect(addNote(self, { deliveryId: own, comment: "x" }, today)).rejects.toMatchObject({ code: "not-found" })
    await planDelivery(self, { deliveryId: own, publishAt: "2026-04-01T09:00" }, today)
    expect((await viewDelivery(self, { deliveryId: own })).delivery.state).toBe("planned")
  })
})
