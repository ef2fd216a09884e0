import { createHash } from "node:crypto"
import { asViewer } from "#platform/database.ts"
import { TooBusy, turns } from "#platform/turns.ts"
import { Conflict, Invalid, Refusal, TooMany } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findDelivery, type DeliveryRow } from "./delivery-repository.ts"
import { readUpload } from "./read-upload.ts"
import { receiveUpload } from "./receive-upload.ts"
import { removeDelivery } from "./remove-from-delivery.ts"
import { sendDelivery, stageDelivery } from "./stage-delivery.ts"
import { startDelivery } from "./start-delivery.ts"
import type { ToldDocument } from "./told-document.ts"
import { findUploads } from "./upload-repository.ts"
import { viewDelivery, type DeliveryView } from "./view-delivery.ts"

/** A file as it comes in, with the id it is to have. */
export type SentDocument = { uploadId: string; name: string; told: ToldDocument | null; stream: ReadableStream<Uint8Array> }

/** `deliveryId` is new, or of a try that died before it was done; `isSame` when it is known already that this try asks the same. `madeWith`: the name of the request. */
export type PlaceMonthInput = { deliveryId: string; employerId: string; then: "draft" | "stage" | "send"; documents: AsyncIterable<SentDocument>; isSame?: boolean; madeWith?: string | null }

/** Why a month was not placed: a refusal, with how the delivery stood when it was given up. */
export class MonthRefused extends Error {
  readonly refusal: Refusal
  readonly view: DeliveryView
  constructor(refusal: Refusal, view: DeliveryView) {
    super(refusal.code)
    this.name = "MonthRefused"
    this.refusal = refusal
    this.view = view
  }
}

/** After this a worker reads what the request, which died, has not read. */
const readWithin = 15 * 60_000

/** One at a time in this process, so that whole files in memory and the threads for PDF work are left to the pages too. */
const readingTurn = turns({ places: 1, waiting: 40 })

/**
 * A client's month in one go: begins a delivery, takes in and reads every document as it comes, and stages or sends it. All of it or nothing: what is
 * refused half way leaves no delivery, and MonthRefused tells how it stood. What a try that died left behind makes room for this one; when that was
 * staged or sent already, it stays as it is: Invalid "idempotency-reused" when this is another month. Conflict "idempotency-running" when this try lost its
 * turn to another, whose delivery is left alone. TooMany "reading-busy" while too many others are being read.
 */
export async function placeMonth(viewer: Viewer, input: PlaceMonthInput, now: Date): Promise<void> {
  const { deliveryId, employerId, then, madeWith = null } = input
  const known = await asViewer(viewer, (tx) => findDelivery(tx, deliveryId))
  if (known && known.state !== "draft") return input.isSame ? undefined : assertSameMonth(viewer, input, known)
  if (known) await removeDelivery(viewer, { deliveryId })
  await startDelivery(viewer, { employerId, deliveryId, madeWith }, now)
  const uploadIds: string[] = []
  let isStaged = false
  try {
    for await (const document of input.documents) {
      const { uploadId } = await receiveUpload(viewer, { deliveryId, ...document, readBefore: new Date(now.getTime() + readWithin) })
      uploadIds.push(uploadId)
      await readInTurn(uploadId)
    }
    if (then === "draft") return
    await stageWhole(viewer, { deliveryId, uploadIds }, now)
    isStaged = true
    if (then === "send") await sendDelivery(viewer, { deliveryId })
  } catch (error) {
    const view = await viewDelivery(viewer, { deliveryId })
    if (isRunning(error) || (!isStaged && view.delivery.state !== "draft")) throw new Conflict("idempotency-running")
    await removeDelivery(viewer, { deliveryId })
    throw error instanceof Refusal ? new MonthRefused(error, view) : error
  }
}

/** As stageDelivery, for who does not look at it: Invalid "delivery-has-refused" when one of the files could not be used. */
export async function stageWhole(viewer: Viewer, input: { deliveryId: string; uploadIds?: readonly string[] }, now: Date): Promise<void> {
  const { uploads } = await viewDelivery(viewer, input)
  const count = uploads.filter((upload) => upload.state === "refused").length
  if (count > 0) throw new Invalid("delivery-has-refused", { count })
  await stageDelivery(viewer, input, now)
}

/** Reads a month that was placed before to its end, and refuses one that is not the same. */
async function assertSameMonth(viewer: Viewer, { deliveryId, employerId, documents }: PlaceMonthInput, known: DeliveryRow): Promise<void> {
  const sent: string[] = []
  for await (const { uploadId, stream } of documents) {
    const hash = createHash("sha256")
    for await (const piece of stream) hash.update(piece)
    sent.push(`${uploadId}/${hash.digest("hex")}`)
  }
  const uploads = await asViewer(viewer, (tx) => findUploads(tx, deliveryId))
  const placed = uploads.map(({ id, sha256 }) => `${id}/${Buffer.from(sha256).toString("hex")}`)
  if (known.employerId !== employerId || placed.toSorted().join() !== sent.toSorted().join()) throw new Invalid("idempotency-reused")
}

function isRunning(error: unknown): boolean {
  return error instanceof Conflict && error.code === "idempotency-running"
}

async function readInTurn(uploadId: string): Promise<void> {
  await readingTurn(() => readUpload({ uploadId })).catch((error: unknown) => {
    throw error instanceof TooBusy ? new TooMany("reading-busy", { seconds: 30 }) : error
  })
}
