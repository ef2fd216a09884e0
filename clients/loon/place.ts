import { createHash } from "node:crypto"
import { jsonBody } from "./ask.ts"
import { call, type Line } from "./call.ts"
import { exits, Stop } from "./exits.ts"
import type { Found } from "./folder.ts"
import { bytesOf, formOf, type FormFile } from "./form-body.ts"
import { forgetPlaced, keepPlaced, placedAs } from "./placed.ts"
import { barOf } from "./progress.ts"
import type { Delivery } from "./refusal.ts"
import { knownUploads, sendOn } from "./resuming.ts"

/** For whom: an id, or a wage tax number where the key may not read employers. */
export type ForWhom = { employerId: string } | { wageTaxNumber: string }

/** With a file above this many bytes, all are sent so that they go on where they were after a cut. */
const large = 20_000_000

/** For how long a portal is sure to remember a request, in milliseconds: a day, less what clocks differ. */
const remembered = 23 * 60 * 60_000

/**
 * Places files as one staged delivery, all of it or nothing, once: what it is called follows from what is in it, so that the same order after a cut, or twice,
 * gives the same delivery (`isAgain`). One that was thrown away since is placed anew. `anew` places it another time on purpose.
 */
export async function placeOnce(line: Line, whom: ForWhom, found: readonly Found[], { anew }: { anew: boolean }): Promise<{ delivery: Delivery; isAgain: boolean }> {
  const files = await looked(found)
  const content = JSON.stringify([line.url.href, whom, files.map(({ fields, name, sha256 }) => [fields, name, sha256])])
  for (let time = 1; ; time++) {
    const name = createHash("sha256").update(`${time}\n${content}`).digest("hex")
    const known = await placedAs(name)
    const isOld = known !== null && Date.now() - Date.parse(known.at) > remembered
    if (known?.delivery) {
      const delivery = anew ? null : await deliveryAt(line, known.delivery)
      if (delivery) return { delivery, isAgain: true }
      continue
    }
    if (isOld && anew) continue
    if (isOld) throw new Stop(exits.halfWay, "not-known", "Een eerdere poging met deze bestanden brak af, langer dan een dag geleden. Kijk met loon status of de zending er staat. Zo niet: geef de opdracht opnieuw met --opnieuw.")
    if (!known && !(await keepPlaced(name, { delivery: null, at: new Date().toISOString() }))) line.tell("Er kan hier niets worden bewaard. Geef dezelfde opdracht niet na meer dan een dag nog een keer.")
    const { answer, isReplayed } = await send(line, whom, files, name)
    await keepPlaced(name, { delivery: answer.id, at: new Date().toISOString() })
    if (!isReplayed) return { delivery: answer, isAgain: false }
    const delivery = await deliveryAt(line, answer.id)
    if (delivery) return { delivery, isAgain: true }
  }
}

/** A delivery; null when it is not there any more. */
export async function deliveryAt(line: Line, deliveryId: string): Promise<Delivery | null> {
  try {
    return (await call(line, "getDelivery", { params: { deliveryId } })).answer
  } catch (error) {
    if (error instanceof Stop && error.code === "not-found") return null
    throw error
  }
}

async function send(line: Line, whom: ForWhom, files: readonly FormFile[], name: string) {
  const bar = barOf(files.reduce((sum, { size }) => sum + size, 0))
  try {
    if (files.some(({ size }) => size > large)) return await sendLarge(line, whom, files, name, bar.show)
    const body = formOf({ ...whom, then: "stage" }, files, `loon-${name.slice(0, 32)}`, bar.show)
    return await call(line, "createDelivery", { body, name: `loon-${name}` })
  } catch (error) {
    if (error instanceof Stop && (error.exit === exits.refused || error.exit === exits.red)) await forgetPlaced(name)
    throw error
  } finally {
    bar.end()
  }
}

/** Sends every file by tus and places them. What was sent before is asked for first: where only the answer was lost nothing is sent again. */
async function sendLarge(line: Line, whom: ForWhom, files: readonly FormFile[], name: string, onBytes: (sent: number) => void) {
  const placeThem = (uploadIds: readonly (string | null)[]) => call(line, "createDelivery", { body: jsonBody({ ...whom, then: "stage", documents: files.map(({ fields }, index) => documentOf(fields, uploadIds[index])) }), name: `loon-${name}` })
  const known = await knownUploads(line, files)
  if (!known.includes(null)) {
    const placed = await placeThem(known).catch((error: unknown) => {
      if (error instanceof Stop && (error.code === "upload-not-whole" || error.code === "upload-unknown")) return null
      throw error
    })
    if (placed) return placed
  }
  const uploadIds: string[] = []
  let before = 0
  for (const file of files) {
    uploadIds.push(await sendOn(line, file, (sent) => onBytes(before + sent)))
    before += file.size
  }
  return placeThem(uploadIds)
}

function documentOf({ kind, year, period, employeeNumber }: FormFile["fields"], uploadId: string | null | undefined) {
  const numbers = { ...(year === undefined ? {} : { year: Number(year) }), ...(period === undefined ? {} : { period: Number(period) }) }
  return { uploadId, ...(kind === undefined ? {} : { kind }), ...numbers, ...(employeeNumber === undefined ? {} : { employeeNumber }) }
}

/** Every file with what it holds now. */
async function looked(found: readonly Found[]): Promise<FormFile[]> {
  const files: FormFile[] = []
  for (const { path, name, told } of found) {
    const hash = createHash("sha256")
    let size = 0
    for await (const piece of bytesOf(path, name)) {
      hash.update(piece)
      size += piece.length
    }
    files.push({ fields: fieldsOf(told), path, name, size, sha256: hash.digest("hex") })
  }
  return files
}

function fieldsOf(told: Found["told"]): Record<string, string> {
  if (!told) return {}
  const { kind, year, period, employeeNumber } = told
  return { kind, year: String(year), ...(period === null ? {} : { period: String(period) }), ...(employeeNumber === null ? {} : { employeeNumber }) }
}
