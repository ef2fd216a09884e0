import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { signIn } from "#domain/accounts/sign-in.ts"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import { listDeliveries } from "#domain/deliveries/view-delivery.ts"
import { viewEmployeeCabinet } from "#domain/dossiers/view-cabinet.ts"
import { viewDossier } from "#domain/dossiers/view-dossier.ts"
import { listUnread } from "#domain/files/list-unread.ts"
import { markFiles } from "#domain/files/mark-files.ts"
import { openFile } from "#domain/files/open-file.ts"
import { placeOwnFile } from "#domain/files/place-own-file.ts"
import { viewFile } from "#domain/files/view-file.ts"
import { viewOpenings } from "#domain/files/view-openings.ts"
import { planZip } from "#domain/files/zip-files.ts"
import { viewAccess } from "#domain/invitations/view-access.ts"
import { viewOfficeChoice } from "#domain/moves/ask-office.ts"
import { listEmployees } from "#domain/parties/list-employees.ts"
import { viewFrame } from "#domain/parties/view-frame.ts"
import { viewOwnData } from "#domain/parties/view-own-data.ts"
import { searchFiles } from "#domain/search/search-files.ts"
import { checkSession } from "#domain/sessions/check-session.ts"
import { viewBin } from "#domain/sharing/bin-files.ts"
import { addStaff, changeStaff, removeStaff } from "#domain/staff/change-staff.ts"
import { listStaff } from "#domain/staff/list-staff.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, bytesOf, goodPassword, makeClient, makeOffice, sample, sendOff, sessionOf, startWith, today, viewerFor } from "../../support/house.ts"
import { comeIn } from "../../support/staff.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const email = "teamleider@bakker.test"
const only = { rank: "overviews", clients: null } as const

let office: Viewer
let employer: Viewer
let viewer: Viewer
let bakers: Map<string, string>

beforeAll(async () => {
  office = await makeOffice()
  const employerId = await makeClient(office)
  employer = await viewerFor("employer", employerId)
  bakers = await bringInBakers(office, employerId)
  await sendOff(office, await startWith(office, employerId, "maart", ["loonstroken-maart-2026.pdf", "serie-overzichten-maart-2026.pdf", "journaalpost-maart-2026.pdf"]))
  await addStaff(employer, { name: "Sanne de Boer", email, ...only }, today)
  viewer = await comeIn(email)
  const [employeeId = ""] = bakers.values()
  const employee = await viewerFor("employee", employeeId)
  const bytes = await sample("maart", "journaalpost-maart-2026.pdf")
  await placeOwnFile({ viewer: employee, ownerName: "J. Bakker", employerId, name: "Verklaring.pdf", mediaType: "application/pdf", bytes, shareWith: employerId }, today)
})

const year = { year: null }
const filesOf = async (who: Viewer) => (await viewDossier(who, year, today)).files
const overview = async () => {
  const [file] = (await filesOf(viewer)).payroll
  if (!file) throw new Error("There is no overview")
  return file
}
const others = async () => {
  const { payroll, own } = await filesOf(employer)
  const [employeeId = ""] = bakers.values()
  const payslips = (await viewEmployeeCabinet(employer, { employeeId, ...year }, today)).payroll
  return [...payroll, ...own, ...payslips].filter((file) => file.kind !== "series-overview").map((file) => file.id)
}

describe("a colleague who sees the series overviews alone", () => {
  test("acts for the employer with that rank, has to set up a second step, and finds its name on the pages", async () => {
    expect(viewer).toMatchObject({ kind: "employer", partyId: employer.partyId, rank: "overviews", mustSetUp: true })
    const { name } = await viewFrame(employer)
    expect(await viewFrame(viewer)).toMatchObject({ name, runsPayroll: false, roles: [] })
  })

  test("finds every series overview of the employer in the dossier, and nothing else", async () => {
    const all = (await filesOf(employer)).payroll.filter((file) => file.kind === "series-overview").map((file) => file.id)
    expect(all.length).toBeGreaterThan(0)
    const mine = await filesOf(viewer)
    expect(mine.payroll.map((file) => file.id)).toEqual(all)
    expect(mine).toMatchObject({ own: [], year: 2026, years: [2026] })
  })

  test("has them unread, one after the other, for the role that they came to", async () => {
    const { id } = await overview()
    const { files } = await listUnread(viewer)
    expect(files.map((file) => file.id)).toContain(id)
    expect(files.every((file) => file.kind === "series-overview" && file.partyId === employer.partyId && file.ownerId === employer.partyId)).toBe(true)
    expect(await viewFrame(viewer)).toMatchObject({ unread: files.length })
    await markFiles(viewer, { fileIds: [id], as: "read" }, today)
    expect((await listUnread(viewer)).files).toHaveLength(files.length - 1)
    expect((await listUnread(employer)).files.map((file) => file.id)).toContain(id)
  })

  test("downloads one, which the employer reads as opened by this colleague, and the colleague as its own opening", async () => {
    const { id, size } = await overview()
    const { stream } = await openFile(viewer, { fileId: id, how: "download" })
    expect((await bytesOf(stream)).length).toBe(size)
    expect((await viewOpenings(employer, { fileId: id, page: 1 })).openings).toMatchObject([{ how: "download", party: "employer", colleague: "Sanne de Boer", isOwn: false }])
    await openFile(employer, { fileId: id, how: "view" }).then(({ stream: left }) => left.cancel())
    expect((await viewOpenings(viewer, { fileId: id, page: 1 })).openings).toMatchObject([{ how: "download", isOwn: true }])
  })

  test("finds no other file: not by its id, in a zip, by search, or because an employee shared it", async () => {
    const hidden = await others()
    expect((await filesOf(employer)).own.map((file) => file.name)).toEqual(["Verklaring.pdf"])
    expect(hidden.length).toBeGreaterThan(2)
    for (const fileId of hidden) {
      await expect(viewFile(viewer, { fileId })).rejects.toMatchObject({ name: "NotFound" })
      await expect(openFile(viewer, { fileId, how: "view" })).rejects.toMatchObject({ name: "NotFound" })
    }
    const { id } = await overview()
    await expect(planZip(viewer, { fileIds: [id, hidden[0] ?? ""] })).rejects.toMatchObject({ name: "NotFound" })
    expect((await planZip(viewer, { yearOf: id })).every((file) => file.kind === "series-overview")).toBe(true)
    await expect(markFiles(viewer, { fileIds: hidden, as: "read" }, today)).rejects.toMatchObject({ name: "NotFound" })
    expect((await searchFiles(viewer, { text: "2026", page: 1 })).files.map((file) => file.id).sort()).toEqual((await filesOf(viewer)).payroll.map((file) => file.id).sort())
    expect((await searchFiles(viewer, { text: "verklaring", page: 1 })).files).toEqual([])
  })

  test("finds no people, data, deliveries, bin, access or colleagues of the employer, and no office", async () => {
    const [employeeId = ""] = bakers.values()
    const notFound = { name: "NotFound" }
    await expect(viewOwnData(viewer)).rejects.toMatchObject(notFound)
    await expect(viewEmployeeCabinet(viewer, { employeeId, ...year }, today)).rejects.toMatchObject(notFound)
    await expect(viewAccess(viewer, { partyId: employeeId }, today)).rejects.toMatchObject(notFound)
    await expect(listEmployees(viewer, { employerId: null, page: 1 }, today)).rejects.toMatchObject(notFound)
    expect(await listDeliveries(viewer, { employerId: null })).toEqual([])
    await expect(listStaff(viewer)).rejects.toMatchObject({ name: "Forbidden" })
    await expect(startDelivery(viewer, { employerId: null }, today)).rejects.toMatchObject(notFound)
    expect(await viewBin(viewer, today)).toEqual([])
    expect(await viewOfficeChoice(viewer)).toEqual({ officeName: null, move: null })
  })

  test("is named under who sees the file to the employer, not to the office, and only while there is one", async () => {
    const { id } = await overview()
    const kinds = async (who: Viewer) => (await viewFile(who, { fileId: id })).whoSees.map((one) => one.kind)
    expect(await kinds(employer)).toEqual(["employer", "engagement", "overviews"])
    expect(await kinds(office)).toEqual(["employer", "engagement"])
    expect(await kinds(viewer)).toEqual(["employer", "engagement"])
  })
})

describe("mail about what is new", () => {
  const newFiles = () => asSystem("operate", (tx) => tx.mail.count({ where: { toAddress: email, kind: "new-files" } }))

  test("comes with an overview, and not with payslips alone", async () => {
    await sendOff(office, await startWith(office, employer.partyId, "februari", ["loonstroken-februari-2026.pdf"]))
    expect(await newFiles()).toBe(0)
    await sendOff(office, await startWith(office, employer.partyId, "februari", ["serie-overzichten-februari-2026.pdf"]))
    expect(await newFiles()).toBe(1)
    expect((await filesOf(viewer)).payroll.some((file) => file.period === 2)).toBe(true)
  })
})

describe("what the owner changes", () => {
  const roleId = async () => (await listStaff(employer)).find((one) => one.email === email)?.roleId ?? ""

  test("is that an office gives nobody this rank", async () => {
    await expect(addStaff(office, { name: "Noor", email: "noor@kantoor.test", ...only }, today)).rejects.toMatchObject({ name: "Invalid", details: { field: "rank" } })
  })

  test("counts with a new session: made a reader, the colleague sees the rest as well", async () => {
    expect((await listStaff(employer)).find((one) => one.email === email)).toMatchObject({ rank: "overviews", clients: null })
    await changeStaff(employer, { roleId: await roleId(), rank: "reader", clients: null }, today)
    const reader = await checkSession(sessionOf(await signIn({ username: email, password: goodPassword, device: null }, today)), today)
    if (!reader) throw new Error("The session did not begin")
    expect(reader.rank).toBe("reader")
    expect((await filesOf(reader)).payroll.length).toBe((await filesOf(employer)).payroll.length)
    const { id } = (await filesOf(employer)).payroll.find((file) => file.kind === "series-overview") ?? { id: "" }
    expect((await viewFile(employer, { fileId: id })).whoSees.map((one) => one.kind)).not.toContain("overviews")
  })

  test("removed, the colleague sees nothing", async () => {
    await changeStaff(employer, { roleId: await roleId(), ...only }, today)
    expect((await filesOf(viewer)).payroll.length).toBeGreaterThan(0)
    await removeStaff(employer, { roleId: await roleId() }, today)
    expect((await filesOf(viewer)).payroll).toEqual([])
    expect((await listUnread(viewer)).files).toEqual([])
  })
})
