import { randomUUID } from "node:crypto"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import { viewEmployeeCabinet } from "#domain/dossiers/view-cabinet.ts"
import { viewDossier } from "#domain/dossiers/view-dossier.ts"
import { openFile } from "#domain/files/open-file.ts"
import { asSystem } from "#platform/database.ts"
import type { Viewer } from "#policy/viewer.ts"
import { bytesOf, drop, sample, sendOff } from "../../support/house.ts"
import type { House } from "../sharing/people.ts"

/** Sends the payslips of March to everybody of a house; each time with bytes of its own, so that it can be sent again. */
export async function sendPayslips({ office, employer }: House, now: Date): Promise<string> {
  const { deliveryId } = await startDelivery(office, { employerId: employer.partyId }, now)
  const bytes = Buffer.concat([await sample("maart", "loonstroken-maart-2026.pdf"), Buffer.from(`\n% ${randomUUID()}\n`)])
  await drop(office, deliveryId, "loonstroken-maart-2026.pdf", bytes)
  await sendOff(office, deliveryId, now)
  return deliveryId
}

/** The payslips of March 2026 in somebody's dossier, newest first: what the owner sees. */
export async function payslipsOf(viewer: Viewer) {
  const { files } = await viewDossier(viewer, { year: 2026 }, new Date())
  return files.payroll.filter((file) => file.kind === "payslip")
}

/** The same as an employer or its office sees it in the employee's cabinet. */
export async function cabinetOf(viewer: Viewer, employeeId: string) {
  return viewEmployeeCabinet(viewer, { employeeId, year: 2026 }, new Date())
}

/** Reads a file whole. */
export async function read(viewer: Viewer, fileId: string): Promise<Buffer> {
  return bytesOf((await openFile(viewer, { fileId, how: "view" })).stream)
}

/** A PDF as a browser sends it. */
export function pdf(text = "nieuw"): ReadableStream<Uint8Array> {
  return new Blob([`%PDF-1.7\n% ${text}\n`]).stream()
}

/** The mails of a kind to an account. */
export async function mailsOf(viewer: Viewer, kind: string): Promise<number> {
  return asSystem("operate", (tx) => tx.mail.count({ where: { accountId: viewer.accountId, kind } }))
}

/** How often this happened to a file. */
export async function eventsOf(fileId: string, kind: string): Promise<number> {
  return asSystem("operate", (tx) => tx.auditEvent.count({ where: { subjectId: fileId, kind } }))
}
