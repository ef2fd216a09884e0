import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { openAccount } from "#domain/accounts/open-account.ts"
import { deliver } from "#domain/deliveries/deliver.ts"
import { readUpload } from "#domain/deliveries/read-upload.ts"
import { receiveUpload } from "#domain/deliveries/receive-upload.ts"
import { sendDelivery, stageDelivery } from "#domain/deliveries/stage-delivery.ts"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import { addEmployer, registerEmployer } from "#domain/parties/add-employer.ts"
import { importPeople, previewPeople } from "#domain/parties/import-people.ts"
import { peopleToRecognise } from "#domain/parties/people-to-recognise.ts"
import { registerOffice } from "#domain/parties/register-office.ts"
import type { PeopleSource } from "#domain/reading/reading-jobs.ts"
import type { Entered } from "#domain/second-steps/begin-sign-in.ts"
import { asSystem } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import type { PartyKind, Viewer } from "#policy/viewer.ts"

/** The moment at which everything in these tests happens, unless a test says otherwise. */
export const today = new Date("2026-03-25T09:12:00Z")

/** A password that is good enough for everybody. */
export const goodPassword = "zeven groene fietsen"

/** The wage tax number of the sample's bakery. */
export const korenmaat = "999990020L01"

let counter = 0

/** A viewer with an account of its own for a party. */
export async function viewerFor(kind: PartyKind, partyId: string, username = `gebruiker${++counter}@test.test`): Promise<Viewer> {
  const accountId = await asSystem("operate", (tx) => openAccount(tx, { username, password: goodPassword, partyId }, today))
  return { accountId, partyId, kind, rank: "owner", sessionId: newId(), username, locale: "nl" }
}

/** An office with an owner who can sign in. */
export async function makeOffice(): Promise<Viewer> {
  const clientNumber = String(200_000 + ++counter)
  const nowhere = { street: null, houseNumber: null, postcode: null, city: null, email: null, phone: null }
  const id = await asSystem("operate", (tx) => registerOffice(tx, { ...nowhere, name: `Kantoor ${counter}`, clientNumber }))
  return viewerFor("office", id, clientNumber)
}

/** What an employer is made from; without a wage tax number it is the bakery of the samples. */
export function employerInput(wageTaxNumber = korenmaat) {
  const address = { street: "Molenweg", houseNumber: "1", postcode: "1506ED", city: "Zaandam", phone: null, number: null }
  return { ...address, name: "Bakkerij De Korenmaat B.V.", wageTaxNumber, email: "werkgever@voorbeeld.test", periodKind: "month" as const }
}

/** A client of an office. */
export async function makeClient(office: Viewer, wageTaxNumber?: string): Promise<string> {
  const { employerId } = await addEmployer(office, employerInput(wageTaxNumber), today)
  return employerId
}

/** An employer that runs payroll itself. */
export async function makeSelfRunning(wageTaxNumber: string): Promise<Viewer> {
  const id = await asSystem("operate", (tx) => registerEmployer(tx, employerInput(wageTaxNumber), null, today))
  return viewerFor("employer", id)
}

/** A file of the samples: "maart" is korenmaat-2026-03, "februari" korenmaat-2026-02. */
export async function sample(month: "februari" | "maart", file: string): Promise<Uint8Array> {
  const folder = { februari: "korenmaat-2026-02", maart: "korenmaat-2026-03" }[month]
  return new Uint8Array(await readFile(join(import.meta.dirname, "../samples", folder, file)))
}

/** Imports people the way a person does: previewed, then confirmed. */
export async function bringIn(viewer: Viewer, employerId: string | null, source: PeopleSource, bytes: Uint8Array) {
  const { fingerprint } = await previewPeople(viewer, { employerId, source, bytes }, today)
  return importPeople(viewer, { employerId, source, bytes, fingerprint }, today)
}

/** The 24 bakers, with their e-mail addresses; returns their ids by personnel number. */
export async function bringInBakers(viewer: Viewer, employerId: string): Promise<Map<string, string>> {
  await bringIn(viewer, employerId, "wage-tax-return", await sample("maart", "loonaangifte-2026-03.xml"))
  await bringIn(viewer, employerId, "csv", await sample("maart", "werknemers.csv"))
  const people = await asSystem("operate", (tx) => peopleToRecognise(tx, employerId))
  return new Map(people.map((person) => [person.number, person.employeeId]))
}

/** Drops a file in a delivery and reads it, as the worker would. */
export async function drop(viewer: Viewer, deliveryId: string, name: string, bytes: Uint8Array): Promise<string> {
  const { uploadId } = await receiveUpload(viewer, { deliveryId, name, stream: new Blob([new Uint8Array(bytes)]).stream() })
  await readUpload({ uploadId })
  return uploadId
}

/** Starts a delivery with these files of a month in it, read. */
export async function startWith(viewer: Viewer, employerId: string, month: "februari" | "maart", files: readonly string[]): Promise<string> {
  const { deliveryId } = await startDelivery(viewer, { employerId }, today)
  for (const file of files) await drop(viewer, deliveryId, file, await sample(month, file))
  return deliveryId
}

/** Stages, sends and delivers. Beside a worker that runs, `at` is this moment: who of the two delivers must make no difference. */
export async function sendOff(viewer: Viewer, deliveryId: string, at = today): Promise<void> {
  await stageDelivery(viewer, { deliveryId }, at)
  await sendDelivery(viewer, { deliveryId })
  await deliver({ deliveryId }, at)
}

/** The secret of the session of who came in at once. */
export function sessionOf(entered: Entered): string {
  if ("session" in entered) return entered.session
  throw new Error("It waits for a second step")
}

/** The bytes of a stream. */
export async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}
