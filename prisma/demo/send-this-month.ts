import { deliver } from "#domain/deliveries/deliver.ts"
import { readUpload } from "#domain/deliveries/read-upload.ts"
import { receiveUpload } from "#domain/deliveries/receive-upload.ts"
import { sendDelivery, stageDelivery } from "#domain/deliveries/stage-delivery.ts"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import { employerDocument, payslips } from "./documents.ts"
import type { StoredEmployer } from "./fill.ts"
import { demoPeople } from "./people.ts"

/**
 * Sends last month the way an office does: one PDF with everybody's payslips and a series overview, read, staged and sent, with its mails.
 * The month that runs now stands ready as a delivery in which one page waits for a person.
 */
export async function sendThisMonth(stored: StoredEmployer, now: Date): Promise<void> {
  const { employer, sender, id: employerId } = stored
  const ask = sender.kind === "office" ? employerId : null
  const last = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 25))
  const { deliveryId } = await startDelivery(sender, { employerId: ask }, now)
  const [year, period] = [last.getUTCFullYear(), last.getUTCMonth() + 1]
  await drop(stored, deliveryId, "loonstroken.pdf", await payslips(employer, employer.people, year, period))
  await drop(stored, deliveryId, "serie-overzichten.pdf", await employerDocument("Serie-overzichten", employer, year, period))
  await stageDelivery(sender, { deliveryId }, now)
  await sendDelivery(sender, { deliveryId })
  await deliver({ deliveryId }, now)

  const waiting = await startDelivery(sender, { employerId: ask }, now)
  const stranger = demoPeople.find((one) => !employer.people.includes(one))
  const people = stranger ? [...employer.people, { ...stranger, number: "999" }] : employer.people
  await drop(stored, waiting.deliveryId, "loonstroken.pdf", await payslips(employer, people, now.getUTCFullYear(), now.getUTCMonth() + 1))
}

async function drop(stored: StoredEmployer, deliveryId: string, name: string, bytes: Uint8Array): Promise<void> {
  const { uploadId } = await receiveUpload(stored.sender, { deliveryId, name, stream: new Blob([new Uint8Array(bytes)]).stream() })
  await readUpload({ uploadId })
}
