import { PDFDocument } from "pdf-lib"
import { afterAll, expect, test } from "vitest"
import { assignItem } from "#domain/deliveries/assign-item.ts"
import { deliver } from "#domain/deliveries/deliver.ts"
import { sendDelivery, stageDelivery } from "#domain/deliveries/stage-delivery.ts"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import { viewDelivery } from "#domain/deliveries/view-delivery.ts"
import { peopleToRecognise } from "#domain/parties/people-to-recognise.ts"
import { asSystem, closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { useDatabase } from "../../support/database.ts"
import { bringIn, drop, makeClient, makeOffice, today } from "../../support/house.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const shared = "samen@thuis.test"

/** An employer with a couple at one address and somebody without one, and a delivery being sent with a payslip for each. */
async function sending(office: Viewer, wageTaxNumber: string): Promise<string> {
  const employerId = await makeClient(office, wageTaxNumber)
  const list = ["Personeelsnummer;Achternaam;Voorletters;Geboortedatum;E-mail", `1;Bakker;N;01-02-1980;${shared}`, `2;Vries;K;03-04-1981;${shared.toUpperCase()}`, "3;Zonder;Z;05-06-1982;"].join("\n")
  await bringIn(office, employerId, "csv", Buffer.from(list))
  const { deliveryId } = await startDelivery(office, { employerId }, today)
  for (const { employeeId, number } of await asSystem("operate", (tx) => peopleToRecognise(tx, employerId))) {
    const pdf = await PDFDocument.create()
    pdf.addPage().moveTo(Number(number), 0)
    pdf.setTitle(number)
    const uploadId = await drop(office, deliveryId, `${number}.pdf`, await pdf.save())
    const item = (await viewDelivery(office, { deliveryId })).items.find((one) => one.uploadId === uploadId)
    await assignItem(office, { itemId: item?.id ?? "", kind: "payslip", year: 2026, period: 3, periodKind: "month", employeeId })
  }
  await stageDelivery(office, { deliveryId }, today)
  await sendDelivery(office, { deliveryId })
  return deliveryId
}

test("people who share an address get an account and a welcome each, also from two deliveries at once; who has none gets neither", { timeout: 60_000 }, async () => {
  const office = await makeOffice()
  const deliveries = [await sending(office, "999990032L01"), await sending(office, "999990044L01")]
  const first = await Promise.allSettled(deliveries.map((deliveryId) => deliver({ deliveryId }, today)))
  for (const [index, { status }] of first.entries()) if (status === "rejected") await deliver({ deliveryId: deliveries[index] ?? "" }, today)
  expect(first.map(({ status }) => status)).toContain("fulfilled")

  const mails = await asSystem("operate", (tx) => tx.mail.findMany({ where: { kind: "welcome-employee" }, select: { toAddress: true, account: { select: { username: true } } } }))
  expect(mails.map((mail) => mail.toAddress.toLowerCase())).toEqual(Array(4).fill(shared))
  expect(mails.map((mail) => mail.account.username).toSorted()).toEqual([shared, `${shared}.2`, `${shared}.3`, `${shared}.4`])
  expect(await asSystem("operate", (tx) => tx.dossierFile.count())).toBe(6)
})
