import { afterAll, beforeAll, expect, test } from "vitest"
import { deliver } from "#domain/deliveries/deliver.ts"
import { sendDelivery, stageDelivery } from "#domain/deliveries/stage-delivery.ts"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import { viewDelivery } from "#domain/deliveries/view-delivery.ts"
import { viewEmployerCabinet } from "#domain/dossiers/view-cabinet.ts"
import { viewDossier } from "#domain/dossiers/view-dossier.ts"
import { viewFile } from "#domain/files/view-file.ts"
import { acceptEmployer, listAskingEmployers } from "#domain/moves/accept-employer.ts"
import { chooseOffice, confirmOffice, declineEmployer, viewOfficeChoice, withdrawOffice } from "#domain/moves/ask-office.ts"
import { listClients } from "#domain/parties/list-clients.ts"
import { listEmployees } from "#domain/parties/list-employees.ts"
import { shareFiles } from "#domain/sharing/share-files.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { makeOffice, makeSelfRunning, startWith, today } from "../../support/house.ts"
import { makeHouse, placeOwn, type House } from "./people.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

let house: House
let next: Viewer
const now = new Date()
beforeAll(async () => {
  house = await makeHouse()
  next = await makeOffice()
}, 60_000)

const moveOf = async (viewer: Viewer) => (await viewOfficeChoice(viewer)).move?.id ?? ""
const ask = async (employer: Viewer, office: Viewer) => {
  await chooseOffice(employer, { clientNumber: office.username }, now)
  const moveId = await moveOf(employer)
  await confirmOffice(employer, { moveId }, now)
  return moveId
}

test("an office hears of an employer that confirmed, and of nobody else's", async () => {
  await chooseOffice(house.employer, { clientNumber: next.username }, now)
  const moveId = await moveOf(house.employer)
  expect(await listAskingEmployers(next)).toEqual([])
  await expect(acceptEmployer(next, { moveId }, now)).rejects.toMatchObject({ code: "not-found" })
  await confirmOffice(house.employer, { moveId }, now)
  await confirmOffice(house.employer, { moveId }, now)
  expect(await listAskingEmployers(next)).toMatchObject([{ id: moveId, employerName: "Bakkerij De Korenmaat B.V." }])
  expect(await listAskingEmployers(house.office)).toEqual([])
  for (const viewer of [house.office, house.employer, await makeOffice()]) await expect(acceptEmployer(viewer, { moveId }, now)).rejects.toMatchObject({ code: "not-found" })
  await expect(chooseOffice(house.employer, { clientNumber: house.office.username }, now)).rejects.toMatchObject({ code: "move-same-office" })
  await expect(chooseOffice(house.employer, { clientNumber: (await makeOffice()).username }, now)).rejects.toMatchObject({ code: "move-open" })
  await withdrawOffice(house.employer, { moveId }, now)
  await expect(acceptEmployer(next, { moveId }, now)).rejects.toMatchObject({ code: "move-closed" })
  const again = await ask(house.employer, next)
  await declineEmployer(next, { moveId: again }, now)
  expect((await viewOfficeChoice(house.employer)).move).toBeNull()
  await expect(chooseOffice(house.employer, { clientNumber: "999999" }, now)).rejects.toMatchObject({ code: "move-office-unknown" })
})

test("when the new office accepts, the former one sees nothing from then on, the employer keeps everything, and what was not sent is closed", async () => {
  const { office, employer, engagementId } = house
  const sent = await startWith(office, employer.partyId, "maart", ["serie-overzichten-maart-2026.pdf"])
  await stageDelivery(office, { deliveryId: sent }, today)
  await sendDelivery(office, { deliveryId: sent })
  await deliver({ deliveryId: sent }, today)
  const { items } = await viewDelivery(office, { deliveryId: sent })
  const fileId = items[0]?.fileId ?? ""
  const unsent = await startWith(office, employer.partyId, "februari", ["serie-overzichten-februari-2026.pdf"])
  await stageDelivery(office, { deliveryId: unsent }, today)
  await sendDelivery(office, { deliveryId: unsent })
  const shared = await placeOwn(employer, employer.partyId)
  await shareFiles(employer, { fileIds: [shared], receiverIds: [engagementId], lastDay: null }, now)
  const before = (await viewDossier(employer, { year: 2026 }, now)).files

  await acceptEmployer(next, { moveId: await ask(employer, next) }, now)
  await deliver({ deliveryId: unsent }, today)

  expect(await listClients(office)).toEqual([])
  for (const id of [fileId, shared]) await expect(viewFile(office, { fileId: id })).rejects.toMatchObject({ code: "not-found" })
  await expect(viewDelivery(office, { deliveryId: sent })).rejects.toMatchObject({ code: "not-found" })
  await expect(startDelivery(office, { employerId: employer.partyId }, now)).rejects.toMatchObject({ code: "not-found" })
  expect((await viewDossier(employer, { year: 2026 }, now)).files).toEqual(before)
  expect((await viewFile(employer, { fileId })).whoSees.map((one) => one.kind)).toEqual(["employer"])

  expect((await listClients(next)).map((one) => one.id)).toEqual([employer.partyId])
  expect((await listEmployees(next, { employerId: employer.partyId, page: 1 }, today)).total).toBe(24)
  const cabinet = await viewEmployerCabinet(next, { employerId: employer.partyId, year: 2026 }, now)
  expect([cabinet.payroll, cabinet.own]).toEqual([[], []])
  expect(await asSystem("operate", (tx) => tx.delivery.count({ where: { id: unsent } }))).toBe(0)
  const kinds = await asSystem("operate", (tx) => tx.auditEvent.findMany({ where: { kind: { in: ["delivery.closed", "office-move.accepted"] } }, select: { kind: true } }))
  expect(kinds.map((one) => one.kind).sort()).toEqual(["delivery.closed", "office-move.accepted", "office-move.accepted", "office-move.accepted"])
})

test("an employer that runs payroll itself chooses an office; two that accept at once move it once", async () => {
  const employer = await makeSelfRunning("999990032L01")
  const moveId = await ask(employer, next)
  const tries = await Promise.allSettled([1, 2, 3].map(() => acceptEmployer(next, { moveId }, now)))
  expect(tries.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected", "rejected"])
  expect((await viewOfficeChoice(employer)).officeName).toMatch(/^Kantoor/)
  expect(await asSystem("operate", (tx) => tx.engagement.count({ where: { employerId: employer.partyId, endedAt: null } }))).toBe(1)
})

test("of an office that accepts and an employer that thinks better of it at the same moment, one is in time", async () => {
  const employer = await makeSelfRunning("999990056L01")
  for (const isFirst of [true, false]) {
    const other = await makeOffice()
    const moveId = await ask(employer, other)
    const works = [() => withdrawOffice(employer, { moveId }, now), () => acceptEmployer(other, { moveId }, now)]
    const tries = await Promise.allSettled((isFirst ? works : works.toReversed()).map((work) => work()))
    expect(tries.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"])
    const [move, mine] = await asSystem("operate", (tx) => Promise.all([tx.officeMove.findUniqueOrThrow({ where: { id: moveId } }), tx.engagement.count({ where: { employerId: employer.partyId, officeId: other.partyId, endedAt: null } })]))
    expect([move.acceptedAt !== null, move.withdrawnAt !== null].sort()).toEqual([false, true])
    expect(mine).toBe(move.acceptedAt ? 1 : 0)
  }
})

test("client numbers are not to be guessed: after ten tries in an hour the answer is later", async () => {
  const employer = await makeSelfRunning("999990044L01")
  for (let nr = 0; nr < 10; nr++) await expect(chooseOffice(employer, { clientNumber: `90000${nr}` }, now)).rejects.toMatchObject({ code: "move-office-unknown" })
  await expect(chooseOffice(employer, { clientNumber: next.username }, now)).rejects.toMatchObject({ code: "move-too-many" })
})
