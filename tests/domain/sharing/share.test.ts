import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { viewDossier } from "#domain/dossiers/view-dossier.ts"
import { viewEmployeeCabinet } from "#domain/dossiers/view-cabinet.ts"
import { listUnread } from "#domain/files/list-unread.ts"
import { markFiles } from "#domain/files/mark-files.ts"
import { openFile } from "#domain/files/open-file.ts"
import { viewFile } from "#domain/files/view-file.ts"
import { endShare } from "#domain/sharing/end-share.ts"
import { listReceivers } from "#domain/sharing/list-receivers.ts"
import { shareFiles } from "#domain/sharing/share-files.ts"
import { viewSharing } from "#domain/sharing/view-sharing.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bytesOf, makeOffice, makeSelfRunning } from "../../support/house.ts"
import { makeHouse, placeOwn, type House } from "./people.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

let house: House
let stranger: Viewer
const now = new Date()
beforeAll(async () => {
  house = await makeHouse()
  stranger = await makeSelfRunning("999990032L01")
}, 60_000)

const share = (viewer: Viewer, fileId: string, receiverId: string, lastDay: string | null = null) => shareFiles(viewer, { fileIds: [fileId], receiverIds: [receiverId], lastDay }, now)
const sees = (viewer: Viewer, fileId: string) => viewFile(viewer, { fileId }).then(() => true, () => false)
const sharesOf = async (viewer: Viewer, fileId: string) => (await viewSharing(viewer, { fileId })).shares
const ownOf = async (viewer: Viewer) => (await viewDossier(viewer, { year: null }, now)).files.own
const events = (fileId: string, kind: string) => asSystem("operate", (tx) => tx.auditEvent.count({ where: { subjectId: fileId, kind } }))

describe("an employee shares with the employer", () => {
  test("which then sees it among its other files by its owner's name, unread, and in the employee's cabinet, and can read it", async () => {
    const { employee, employer, office, colleague } = house
    const fileId = await placeOwn(employee, employer.partyId)
    await placeOwn(employee, employer.partyId)
    const { receivers } = await listReceivers(employee, { fileIds: [fileId] }, now)
    expect(receivers.map(({ kind, name }) => [kind, name])).toEqual([["employer", "Bakkerij De Korenmaat B.V."]])
    expect(await share(employee, fileId, employer.partyId)).toEqual({ added: 1 })
    expect((await ownOf(employer)).filter((file) => file.id === fileId)).toMatchObject([{ senderName: "Eigenaar", read: false }])
    expect((await listUnread(employer)).files.map((file) => file.id)).toContain(fileId)
    const cabinet = await viewEmployeeCabinet(employer, { employeeId: employee.partyId, year: null }, now)
    expect(cabinet.own.map((file) => file.id)).toEqual([fileId])
    expect((await bytesOf((await openFile(employer, { fileId, how: "view" })).stream)).toString()).toContain("%PDF-1.7")
    expect((await listUnread(employer)).files.map((file) => file.id)).not.toContain(fileId)
    expect(await Promise.all([office, colleague, stranger].map((one) => sees(one, fileId)))).toEqual([false, false, false])
    expect(await events(fileId, "file.shared")).toBe(1)
  })

  test("twice gives one share, and the second time sets the last day", async () => {
    const { employee, employer } = house
    const fileId = await placeOwn(employee, employer.partyId)
    await share(employee, fileId, employer.partyId)
    expect(await share(employee, fileId, employer.partyId, "2099-12-31")).toEqual({ added: 0 })
    expect(await sharesOf(employee, fileId)).toMatchObject([{ reason: "shared", endsAt: new Date("2099-12-31T23:00:00Z") }])
  })

  test("which shares it on to the office; who sees it is told each time, and ending the share ends what came from it", async () => {
    const { employee, employer, office, engagementId } = house
    const fileId = await placeOwn(employee, employer.partyId)
    const whoSees = async () => (await viewFile(employee, { fileId })).whoSees.map(({ kind, reason }) => `${kind} ${reason}`)
    await share(employee, fileId, employer.partyId, "2099-12-31")
    expect(await whoSees()).toEqual(["employer shared", "employee placed"])
    expect((await listReceivers(employer, { fileIds: [fileId] }, now)).receivers.map((one) => one.id)).toEqual([engagementId])
    await share(employer, fileId, engagementId)
    expect(await whoSees()).toEqual(["employer shared", "employee placed", "engagement shared_on"])
    expect((await sharesOf(employer, fileId)).map(({ reason, endsAt }) => [reason, endsAt])).toEqual([["shared_on", new Date("2099-12-31T23:00:00Z")]])
    expect((await ownOf(office)).map((file) => file.id)).toContain(fileId)
    const [first] = await sharesOf(employee, fileId)
    expect(await endShare(employee, { fileId, shareId: first?.id ?? "" })).toEqual({ ended: 2 })
    expect(await endShare(employee, { fileId, shareId: first?.id ?? "" })).toEqual({ ended: 0 })
    expect(await whoSees()).toEqual(["employee placed"])
    expect(await Promise.all([employer, office].map((one) => sees(one, fileId)))).toEqual([false, false])
    expect([await events(fileId, "file.shared-on"), await events(fileId, "file.share-ended")]).toEqual([1, 1])
  })
})

test("an employer shares with its office, with one of its people or with several, and each sees only what was shared with it", async () => {
  const { employer, employee, colleague, office, engagementId } = house
  const files = [await placeOwn(employer, employer.partyId), await placeOwn(employer, employer.partyId)]
  const { receivers } = await listReceivers(employer, { fileIds: files }, now)
  expect([receivers.length, receivers[0]?.id]).toEqual([25, engagementId])
  expect(await shareFiles(employer, { fileIds: files, receiverIds: [employee.partyId, engagementId], lastDay: null }, now)).toEqual({ added: 4 })
  expect(await sees(colleague, files[0] ?? "")).toBe(false)
  for (const viewer of [employee, office]) expect((await ownOf(viewer)).map((file) => file.id)).toEqual(expect.arrayContaining(files))
  const all = receivers.filter((one) => one.kind === "employee").map((one) => one.id)
  expect(await shareFiles(employer, { fileIds: files.slice(0, 1), receiverIds: all, lastDay: null }, now)).toEqual({ added: 23 })
  expect(await sees(colleague, files[0] ?? "")).toBe(true)
})

test("somebody who was shared with is told that others were too, and not who they are; owner, employer and office are told", async () => {
  const { employer, office, employee, colleague, engagementId } = house
  const fileId = await placeOwn(employer, employer.partyId)
  await shareFiles(employer, { fileIds: [fileId], receiverIds: [employee.partyId, colleague.partyId, engagementId], lastDay: null }, now)
  const told = async (viewer: Viewer) => (await viewFile(viewer, { fileId })).whoSees.flatMap(({ kind, name, count }) => (kind === "employee" ? [[name === null, count]] : []))
  expect(await told(employee)).toEqual([[false, 1], [true, 1]])
  expect(await told(employer)).toEqual([[false, 1], [false, 1]])
  expect(await told(office)).toEqual([[false, 1], [false, 1]])
})

test("an office shares with its clients, who share it no further", async () => {
  const { office, employer, employee } = house
  const fileId = await placeOwn(office, null)
  await share(office, fileId, employer.partyId)
  expect(await sees(employer, fileId)).toBe(true)
  expect((await viewSharing(employer, { fileId })).canShare).toBe(false)
  await expect(share(employer, fileId, employee.partyId)).rejects.toMatchObject({ code: "share-not-allowed" })
})

test("a share with a last day is over after that day, also for whom it was shared on to", async () => {
  const { employee, employer, office, engagementId } = house
  const fileId = await placeOwn(employee, employer.partyId)
  await share(employee, fileId, employer.partyId)
  await share(employer, fileId, engagementId)
  await share(employee, fileId, employer.partyId, "2099-12-31")
  const ends = await asSystem("operate", (tx) => tx.grant.findMany({ where: { fileId, endsAt: { not: null } }, select: { endsAt: true } }))
  expect(ends.map((one) => one.endsAt)).toEqual([new Date("2099-12-31T23:00:00Z"), new Date("2099-12-31T23:00:00Z")])
  await asSystem("operate", (tx) => tx.grant.updateMany({ where: { fileId, endsAt: { not: null } }, data: { endsAt: new Date() } }))
  expect(await Promise.all([employer, office].map((one) => sees(one, fileId)))).toEqual([false, false])
  await expect(share(employee, fileId, employer.partyId, "2020-01-01")).rejects.toMatchObject({ code: "last-day-past" })
  await expect(share(employee, fileId, employer.partyId, "2099-02-30")).rejects.toMatchObject({ code: "last-day-invalid" })
})

describe("not", () => {
  test("what is out of sight, nor with who stands a step further or elsewhere", async () => {
    const { employee, employer, office, colleague, engagementId } = house
    const fileId = await placeOwn(employee, employer.partyId)
    await expect(share(employer, fileId, engagementId)).rejects.toMatchObject({ code: "not-found" })
    for (const to of [engagementId, office.partyId, colleague.partyId, stranger.partyId]) await expect(share(employee, fileId, to)).rejects.toMatchObject({ code: "not-found" })
    const ofEmployer = await placeOwn(employer, employer.partyId)
    for (const to of [office.partyId, stranger.partyId, (await makeOffice()).partyId]) await expect(share(employer, ofEmployer, to)).rejects.toMatchObject({ code: "not-found" })
    await expect(shareFiles(employee, { fileIds: [fileId], receiverIds: [], lastDay: null }, now)).rejects.toMatchObject({ code: "receivers-none" })
  })

  test("does a stranger, or the receiver, stop a share", async () => {
    const { employee, employer, office, engagementId } = house
    const fileId = await placeOwn(employee, employer.partyId)
    await share(employee, fileId, employer.partyId)
    await share(employer, fileId, engagementId)
    const [first, on] = await sharesOf(employee, fileId)
    for (const viewer of [office, employer]) await expect(endShare(viewer, { fileId, shareId: first?.id ?? "" })).rejects.toMatchObject({ code: "not-found" })
    for (const viewer of [stranger, office]) await expect(endShare(viewer, { fileId, shareId: on?.id ?? "" })).rejects.toMatchObject({ code: "not-found" })
    expect(await endShare(employer, { fileId, shareId: on?.id ?? "" })).toEqual({ ended: 1 })
    expect(await sees(employer, fileId)).toBe(true)
  })
})

test("a file is marked as read and as unread per account, and only one in sight", async () => {
  const { employee, employer, colleague } = house
  const fileId = await placeOwn(employee, employer.partyId)
  await share(employee, fileId, employer.partyId)
  const unread = async () => (await listUnread(employer)).files.some((file) => file.id === fileId)
  await markFiles(employer, { fileIds: [fileId], as: "read" }, now)
  expect(await unread()).toBe(false)
  await markFiles(employee, { fileIds: [fileId], as: "unread" }, now)
  expect(await unread()).toBe(false)
  await markFiles(employer, { fileIds: [fileId], as: "unread" }, now)
  expect(await unread()).toBe(true)
  await expect(markFiles(colleague, { fileIds: [fileId], as: "read" }, now)).rejects.toMatchObject({ code: "not-found" })
})
