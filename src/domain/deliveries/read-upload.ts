import { asSystem, asSystemOnce } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { PdfRefused, readPdf, splitPdf, type PdfPage } from "#platform/pdf.ts"
import { sideBySide } from "#platform/side-by-side.ts"
import { turns } from "#platform/turns.ts"
import { keyToRead, keysToWrite } from "../dossiers/dossier-key.ts"
import type { DossierRecipient } from "../dossiers/dossier-views.ts"
import { keepBytes, readBytes } from "../files/keep-bytes.ts"
import { findEmployerById } from "../parties/find-employer.ts"
import { peopleToRecognise } from "../parties/people-to-recognise.ts"
import { recogniseXmlApart } from "../reading/read-apart.ts"
import { compareTold, type Mismatch } from "./compare-told.ts"
import { findDelivery } from "./delivery-repository.ts"
import { insertItems, type NewItem } from "./item-repository.ts"
import { clueOf, learntOf } from "./learn-clues.ts"
import { planParts, type PlannedPart } from "./plan-parts.ts"
import { unknownXml } from "./recognise-xml.ts"
import { recognisePages } from "./recognise-pages.ts"
import { isTold, toldPart } from "./told-document.ts"
import { findUpload, updateUpload, type UploadRow } from "./upload-repository.ts"

/**
 * Reads a dropped file: recognises what and whose it is, or takes what a package told of it and compares that with what is printed; splits it per person, and keeps each part encrypted for the dossier it will land in
 * (parked parts for the employer's). Parts are kept first and named in one transaction after: a crash leaves nothing half, and running it
 * again starts anew. A file that cannot be used is refused with a stable code, and stays visible with it.
 */
export async function readUpload(input: { uploadId: string }): Promise<void> {
  const upload = await findUpload(asSystemOnce("read-upload"), input.uploadId)
  if (!upload || upload.state !== "received") return
  await (upload.size > largeFrom ? largeTurn(() => readReceived(upload)) : readReceived(upload))
}

/** Files are whole in memory while they are read: of those over ten megabytes one at a time in this process. */
const largeFrom = 10_000_000
const largeTurn = turns({ places: 1, waiting: Infinity })

async function readReceived(upload: UploadRow): Promise<void> {
  const system = asSystemOnce("read-upload")
  const delivery = await findDelivery(system, upload.deliveryId)
  if (!delivery) return
  const own = (await keysToWrite(system, [delivery.employerId])).get(delivery.employerId)
  if (!own) return
  const bytes = await readBytes(await keyToRead(system, own.dossierId), upload.storageKey)
  try {
    const { parts, pages } = await recognise(delivery.employerId, upload, bytes)
    const items = await keepParts(upload, bytes, parts, own, pages)
    await finish(upload, items, { state: "read", pages: pages?.length ?? null })
  } catch (error) {
    if (!(error instanceof PdfRefused)) throw error
    await finish(upload, [], { state: "refused", refusal: error.code })
  }
}

/** A document to be made, with the hashes of what its pages say of somebody: their text goes no further. */
type ReadPart = Omit<PlannedPart, "told"> & { clues: string[]; mismatch: Mismatch | null }

/** What splitting needs of a page; where everything stood on it goes no further than recognising. */
type PageText = Pick<PdfPage, "page" | "text">
const textOf = ({ page, text }: PdfPage): PageText => ({ page, text })

const hashed = (employerId: string, parts: readonly PlannedPart[], mismatch: Mismatch | null = null) =>
  parts.map(({ told, ...part }): ReadPart => ({ ...part, clues: told.map((one) => clueOf(employerId, one)), mismatch }))

async function recognise(employerId: string, upload: UploadRow, bytes: Uint8Array): Promise<{ parts: ReadPart[]; pages: PageText[] | null }> {
  const system = asSystemOnce("read-upload")
  if (isTold(upload)) {
    if (upload.mediaType !== "application/pdf") return { parts: hashed(employerId, [toldPart(upload, 0)]), pages: null }
    const { pages } = await readPdf(bytes)
    return { parts: hashed(employerId, [toldPart(upload, pages.length)], await compareTold(system, employerId, upload, pages)), pages: pages.map(textOf) }
  }
  const employer = await findEmployerById(system, employerId)
  if (upload.mediaType === "application/xml") {
    return { parts: hashed(employerId, [(await recogniseXmlApart(bytes, employer.wageTaxNumber)) ?? unknownXml]), pages: null }
  }
  const { pages } = await readPdf(bytes)
  const people = await peopleToRecognise(system, employerId)
  const { wageTaxNumber, name, periodKind } = employer
  const learnt = await learntOf(system, employerId)
  const found = recognisePages(pages, people, { fileName: upload.name, wageTaxNumber, employerName: name, periodKind, learnt })
  return { parts: hashed(employerId, planParts(found, pages.length)), pages: pages.map(textOf) }
}

const keptAtOnce = 8

/** Keeps every part, some side by side, so that few are in memory at a time. A part that is the whole file is kept byte for byte as it came. */
async function keepParts(
  upload: UploadRow,
  bytes: Uint8Array,
  parts: readonly ReadPart[],
  own: DossierRecipient,
  pages: readonly PageText[] | null,
): Promise<NewItem[]> {
  const employees = [...new Set(parts.flatMap((part) => part.employeeId ?? []))]
  const keys = await keysToWrite(asSystemOnce("read-upload"), employees)
  const keep = async (index: number, content: Uint8Array): Promise<NewItem[]> => {
    const part = parts[index]
    if (!part) return []
    const target = (part.employeeId && keys.get(part.employeeId)) || own
    const kept = await keepBytes(target.recipient, content, upload.id)
    const { deliveryId, id: uploadId, mediaType } = upload
    return [{ id: newId(), deliveryId, uploadId, mediaType, position: index, ...part, ...kept, dossierId: target.dossierId }]
  }
  const isWhole = (part: ReadPart) => pages === null || part.pages.length === pages.length
  const split = parts.flatMap((part, index) => (isWhole(part) ? [] : [index]))
  const items: NewItem[] = []
  for (const [index, part] of parts.entries()) if (isWhole(part)) items.push(...(await keep(index, bytes)))
  const pieces = splitPdf(bytes, split.map((index) => parts[index]?.pages ?? []), pages ?? [])
  await sideBySide(pieces, keptAtOnce, async (piece) => items.push(...(await keep(split[piece.index] ?? -1, piece.bytes))))
  return items
}

/** Holds the delivery before the file, as everybody does who takes something out of it: two that wait for each other would both fail. */
async function finish(upload: UploadRow, items: readonly NewItem[], outcome: Parameters<typeof updateUpload>[2]): Promise<void> {
  await asSystem("read-upload", async (tx) => {
    await findDelivery(tx, upload.deliveryId, true)
    const held = await findUpload(tx, upload.id, true)
    if (held?.state !== "received") return
    await insertItems(tx, items)
    await updateUpload(tx, upload.id, outcome)
  })
}
