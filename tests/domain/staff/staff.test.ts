import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { askPasswordLink } from "#domain/accounts/ask-password-link.ts"
import { choosePassword } from "#domain/accounts/choose-password.ts"
import { signIn } from "#domain/accounts/sign-in.ts"
import { viewPasswordLink } from "#domain/accounts/view-password-link.ts"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import { viewDossier } from "#domain/dossiers/view-dossier.ts"
import { listUnread } from "#domain/files/list-unread.ts"
import { markFiles } from "#domain/files/mark-files.ts"
import { openFile } from "#domain/files/open-file.ts"
import { viewOpenings } from "#domain/files/view-openings.ts"
import { openMail } from "#domain/mails/open-mail.ts"
import { chooseOffice } from "#domain/moves/ask-office.ts"
import { addEmployer } from "#domain/parties/add-employer.ts"
import { listClients } from "#domain/parties/list-clients.ts"
import { listEmployees } from "#domain/parties/list-employees.ts"
import { checkSession } from "#domain/sessions/check-session.ts"
import { addStaff, changeStaff, removeStaff, type StaffRights } from "#domain/staff/change-staff.ts"
import { listStaff, type StaffMember } from "#domain/staff/list-staff.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, employerInput, goodPassword, makeClient, makeOffice, sendOff, sessionOf, startWith, today, viewerFor } from "../../support/house.ts"
import { comeIn } from "../../support/staff.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const [korenmaat, slagerij, later] = ["999990020L01", "999990044L01", "999990032L01"]
const all: StaffRights = { rank: "member", clients: null }

let owner: Viewer
let korenmaatId: string
let slagerijId: string
let employer: Viewer

beforeAll(async () => {
  owner = await makeOffice()
  korenmaatId = await makeClient(owner, korenmaat)
  slagerijId = await makeClient(owner, slagerij)
  employer = await viewerFor("employer", korenmaatId)
  await bringInBakers(owner, korenmaatId)
  await sendOff(owner, await startWith(owner, korenmaatId, "maart", ["loonstroken-maart-2026.pdf", "serie-overzichten-maart-2026.pdf"]))
})

const memberOf = async (by: Viewer, email: string): Promise<StaffMember> => {
  const found = (await listStaff(by)).find((one) => one.email === email)
  if (!found) throw new Error("Nobody with that address works here")
  return found
}

/** Lets somebody work for the owner's party, who then gets in by the mails. */
async function bringInStaff(by: Viewer, email: string, rights: StaffRights): Promise<Viewer> {
  await addStaff(by, { name: "Iris Vermeulen", email, ...rights }, today)
  return comeIn(email)
}

const signInAs = async (username: string) => checkSession(sessionOf(await signIn({ username, password: goodPassword, device: null }, today)), today)
const mailsTo = (toAddress: string) => asSystem("operate", (tx) => tx.mail.findMany({ where: { toAddress }, select: { kind: true }, orderBy: { id: "asc" } })).then((mails) => mails.map((mail) => mail.kind))

describe("an owner of an office", () => {
  test("starts out alone, as the account of the office itself", async () => {
    expect(await listStaff(owner)).toMatchObject([{ username: owner.username, email: null, rank: "owner", clients: null, isParty: true, isSelf: true, state: "active" }])
  })

  test("lets somebody in, who gets a mail of their own, chooses username and password, and signs in beside the client number", async () => {
    await addStaff(owner, { name: "  Iris Vermeulen ", email: " Iris@Kantoor.test ", ...all }, today)
    expect(await memberOf(owner, "iris@kantoor.test")).toMatchObject({ name: "Iris Vermeulen", username: "iris@kantoor.test", rank: "member", isParty: false, isSelf: false, state: "invited" })
    await askPasswordLink({ username: "iris@kantoor.test" }, today)
    const mail = await asSystem("operate", (tx) => tx.mail.findFirst({ where: { kind: "password-link", toAddress: "iris@kantoor.test" }, select: { id: true } }))
    const token = (mail && (await openMail(mail.id))?.token) ?? ""
    expect(await viewPasswordLink(token, today)).toMatchObject({ state: "open", check: "none", usernameIsFixed: false })
    const iris = await checkSession(sessionOf(await choosePassword({ token, proof: null, username: "iris", password: goodPassword, device: null }, today)), today)
    expect(iris).toMatchObject({ kind: "office", partyId: owner.partyId, rank: "member", username: "iris" })
    expect(await mailsTo("iris@kantoor.test")).toEqual(["welcome-staff", "password-link"])
    expect(await memberOf(owner, "iris@kantoor.test")).toMatchObject({ state: "active", username: "iris" })
    expect(await signInAs(owner.username)).toMatchObject({ rank: "owner" })
    expect((await listClients(iris ?? owner)).map((one) => one.id).sort()).toEqual([korenmaatId, slagerijId].sort())
  })

  test("is told what is wrong: no address, a rank or a client that is not to be had, somebody who is there already", async () => {
    const add = (given: Partial<StaffRights & { email: string }>) => addStaff(owner, { name: "Noor", email: "noor@kantoor.test", ...all, ...given }, today)
    await expect(add({ email: "noor" })).rejects.toMatchObject({ code: "email-invalid", details: { field: "email" } })
    await expect(add({ email: "IRIS@kantoor.test" })).rejects.toMatchObject({ code: "staff-known" })
    await expect(add({ clients: [] })).rejects.toMatchObject({ code: "clients-none" })
    await expect(add({ rank: "owner", clients: [korenmaatId] })).rejects.toMatchObject({ code: "owner-has-all-clients" })
    const elsewhere = await makeOffice()
    await expect(add({ clients: [await makeClient(elsewhere, "999990056L01")] })).rejects.toMatchObject({ code: "not-found" })
    await expect(addStaff(employer, { name: "Noor", email: "noor@bakker.test", rank: "member", clients: null }, today)).rejects.toMatchObject({ code: "invalid" })
    await expect(addStaff(employer, { name: "Noor", email: "noor@bakker.test", rank: "reader", clients: [korenmaatId] }, today)).rejects.toMatchObject({ code: "owner-has-all-clients" })
    expect(await listStaff(owner)).toHaveLength(2)
  })

  test("touches nobody of another office, and not the account of the office or itself", async () => {
    const other = await makeOffice()
    const { roleId } = await memberOf(owner, "iris@kantoor.test")
    await expect(changeStaff(other, { roleId, ...all }, today)).rejects.toMatchObject({ code: "not-found" })
    await expect(removeStaff(other, { roleId }, today)).rejects.toMatchObject({ code: "not-found" })
    const [self] = await listStaff(other)
    await expect(removeStaff(other, { roleId: self?.roleId ?? "" }, today)).rejects.toMatchObject({ code: "staff-fixed" })
    const second = await bringInStaff(other, "tweede@kantoor.test", { rank: "owner", clients: null })
    await expect(removeStaff(second, { roleId: self?.roleId ?? "" }, today)).rejects.toMatchObject({ code: "staff-fixed" })
    await expect(changeStaff(second, { roleId: (await memberOf(second, "tweede@kantoor.test")).roleId, ...all }, today)).rejects.toMatchObject({ code: "staff-fixed" })
  })

  test("who is made a member by another owner at the same moment changes nothing more", async () => {
    const office = await makeOffice()
    const [one, other] = [await bringInStaff(office, "een@kantoor.test", { rank: "owner", clients: null }), await bringInStaff(office, "ander@kantoor.test", { rank: "owner", clients: null })]
    const [first, second] = [await memberOf(office, "een@kantoor.test"), await memberOf(office, "ander@kantoor.test")]
    const both = await Promise.allSettled([changeStaff(one, { roleId: second.roleId, ...all }, today), changeStaff(other, { roleId: first.roleId, ...all }, today)])
    expect(both.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"])
    expect((await listStaff(office)).filter((member) => member.rank === "owner")).toHaveLength(2)
  })
})

describe("somebody who is for some clients", () => {
  test("sees those and nothing of the others: not in lists, not by id, not in what is unread", async () => {
    const sanne = await bringInStaff(owner, "sanne@kantoor.test", { rank: "member", clients: [slagerijId] })
    expect((await listClients(sanne)).map((one) => one.id)).toEqual([slagerijId])
    await expect(listEmployees(sanne, { employerId: korenmaatId, page: 1 }, today)).rejects.toMatchObject({ code: "not-found" })
    await expect(startDelivery(sanne, { employerId: korenmaatId }, today)).rejects.toMatchObject({ code: "not-found" })
    expect((await startDelivery(sanne, { employerId: slagerijId }, today)).deliveryId).toBeTruthy()
    expect((await listUnread(sanne)).files).toEqual([])
    await changeStaff(owner, { roleId: (await memberOf(owner, "sanne@kantoor.test")).roleId, rank: "member", clients: [korenmaatId] }, today)
    expect((await listEmployees(sanne, { employerId: korenmaatId, page: 1 }, today)).total).toBe(24)
    await expect(listEmployees(sanne, { employerId: slagerijId, page: 1 }, today)).rejects.toMatchObject({ code: "not-found" })
  })

  test("adds no client and takes none over", async () => {
    const sanne = await signInAs("sanne@kantoor.test")
    await expect(addEmployer(sanne ?? owner, employerInput(later), today)).rejects.toMatchObject({ code: "some-clients" })
  })
})

describe("a reader", () => {
  test("sees what the owner sees, and marks it as read for the own account alone", async () => {
    const reader = await bringInStaff(employer, "lezer@bakker.test", { rank: "reader", clients: null })
    const [own, theirs] = [await viewDossier(employer, { year: 2026 }, today), await viewDossier(reader, { year: 2026 }, today)]
    expect(theirs.files.payroll.map((file) => file.id)).toEqual(own.files.payroll.map((file) => file.id))
    expect(own.files.payroll.length).toBeGreaterThan(0)
    await markFiles(reader, { fileIds: theirs.files.payroll.map((file) => file.id), as: "read" }, today)
    expect((await listUnread(reader)).files).toEqual([])
    expect((await listUnread(employer)).files.length).toBe(own.files.payroll.length)
  })

  test("opens a file, of which colleagues read who it was, and the office only that it was the employer", async () => {
    const lezer = await signInAs("lezer@bakker.test")
    const file = (await viewDossier(employer, { year: 2026 }, today)).files.payroll[0]
    for (const viewer of [lezer, employer]) await openFile(viewer ?? owner, { fileId: file?.id ?? "", how: "download" })
    const told = async (viewer: Viewer) => (await viewOpenings(viewer, { fileId: file?.id ?? "", page: 1 })).openings.map(({ isOwn, party, colleague }) => ({ isOwn, party, colleague }))
    expect(await told(employer)).toEqual([{ isOwn: true, party: "employer", colleague: null }, { isOwn: false, party: "employer", colleague: "Iris Vermeulen" }])
    expect(await told(owner)).toEqual([{ isOwn: false, party: "employer", colleague: null }, { isOwn: false, party: "employer", colleague: null }])
  })

  test("changes nothing, by whatever use case", async () => {
    const reader = await bringInStaff(owner, "lezer@kantoor.test", { rank: "reader", clients: null })
    await expect(startDelivery(reader, { employerId: korenmaatId }, today)).rejects.toThrow("a reader changes nothing")
    await expect(addEmployer(reader, employerInput(later), today)).rejects.toMatchObject({ code: "reader" })
    const lezer = await signInAs("lezer@bakker.test")
    await expect(chooseOffice(lezer ?? employer, { clientNumber: owner.username }, today)).rejects.toMatchObject({ code: "reader" })
  })

  test("says nothing about who works here, and neither does a member or an employee", async () => {
    const iris = await signInAs("iris")
    const reader = await signInAs("lezer@kantoor.test")
    for (const viewer of [iris, reader]) {
      if (!viewer) throw new Error("Nobody signed in")
      await expect(listStaff(viewer)).rejects.toMatchObject({ code: "owners-only" })
      await expect(addStaff(viewer, { name: "Noor", email: "noor@kantoor.test", ...all }, today)).rejects.toMatchObject({ code: "owners-only" })
      await expect(listStaff({ ...viewer, rank: "owner" })).resolves.toHaveLength(1)
      await expect(addStaff({ ...viewer, rank: "owner" }, { name: "Noor", email: "noor@kantoor.test", ...all }, today)).rejects.toMatchObject({ code: "owners-only" })
    }
    const bakers = await listEmployees(employer, { employerId: null, page: 1 }, today)
    await expect(listStaff(await viewerFor("employee", bakers.employees[0]?.id ?? ""))).rejects.toMatchObject({ code: "owners-only" })
  })
})

describe("somebody who works here no more", () => {
  test("is outside at once, and cannot come back in", async () => {
    const tom = await bringInStaff(owner, "tom@kantoor.test", all)
    const secret = sessionOf(await signIn({ username: "tom@kantoor.test", password: goodPassword, device: null }, today))
    await removeStaff(owner, { roleId: (await memberOf(owner, "tom@kantoor.test")).roleId }, today)
    expect(await checkSession(secret, today)).toBeNull()
    expect(await listClients(tom)).toEqual([])
    await expect(signIn({ username: "tom@kantoor.test", password: goodPassword, device: null }, today)).rejects.toMatchObject({ code: "sign-in-failed" })
    await askPasswordLink({ username: "tom@kantoor.test" }, today)
    expect((await mailsTo("tom@kantoor.test")).filter((kind) => kind === "password-link")).toHaveLength(1)
  })

  test("who is added again gets the same account back, with a new password to choose", async () => {
    await addStaff(owner, { name: "Tom de Boer", email: "tom@kantoor.test", rank: "reader", clients: null }, today)
    await expect(signIn({ username: "tom@kantoor.test", password: goodPassword, device: null }, today)).rejects.toMatchObject({ code: "sign-in-failed" })
    expect(await memberOf(owner, "tom@kantoor.test")).toMatchObject({ username: "tom@kantoor.test", rank: "reader", state: "invited" })
    expect(await comeIn("tom@kantoor.test")).toMatchObject({ rank: "reader" })
  })
})

test("of a new delivery everybody at the employer hears at the own address, once", async () => {
  await sendOff(owner, await startWith(owner, korenmaatId, "februari", ["serie-overzichten-februari-2026.pdf"]))
  expect((await mailsTo("lezer@bakker.test")).filter((kind) => kind === "new-files")).toHaveLength(1)
  expect((await mailsTo("werkgever@voorbeeld.test")).filter((kind) => kind === "new-files")).toHaveLength(2)
})

test("every change of who works here stands in the chain of the party, with rank and number of clients and no name", async () => {
  const events = await asSystem("operate", (tx) => tx.auditEvent.findMany({ where: { chainId: owner.partyId, kind: { startsWith: "staff." } }, select: { kind: true, details: true, accountId: true }, orderBy: { seq: "asc" } }))
  expect(new Set(events.map((event) => event.kind))).toEqual(new Set(["staff.added", "staff.changed", "staff.removed"]))
  expect(events.every((event) => event.accountId === owner.accountId)).toBe(true)
  expect(JSON.stringify(events)).not.toMatch(/@|Iris|Tom/)
})
