import { env } from "#platform/env.ts"
import { newId } from "#platform/ids.ts"
import { Conflict, Invalid, NotFound } from "#policy/errors.ts"
import { cleanFileName } from "#policy/file-name.ts"
import { uploadLifetime, uploadPieceBytes } from "#policy/own-file-limits.ts"
import type { Viewer } from "#policy/viewer.ts"
import { roomInDossier } from "../files/place-upload.ts"
import { addPiece, offsetOf, readNote, removeUpload, type Upload, writeNote } from "./upload-pieces.ts"

/** How far an upload is, in bytes. */
export type Progress = { id: string; offset: number; length: number }

/** Begins an upload of `length` bytes. Invalid "upload-empty" or "upload-too-large"; Conflict "dossier-full" when there is no room for it in the dossier. */
export async function beginUpload(viewer: Viewer, input: { name: string; length: number }, now: Date): Promise<Progress> {
  const { accountId, partyId } = viewer
  if (input.length === 0) throw new Invalid("upload-empty")
  if (input.length > env().OWN_FILE_MB * 1e6) throw new Invalid("upload-too-large", { megabytes: env().OWN_FILE_MB })
  if (input.length > (await roomInDossier(viewer))) throw new Conflict("dossier-full", { megabytes: env().DOSSIER_MB })
  const upload = { id: newId(), accountId, partyId, name: cleanFileName(input.name), length: input.length, pieces: [], beganAt: now }
  await writeNote(upload)
  return progressOf(upload)
}

/** How far an upload is, once whoever was still sending it has stopped. NotFound for another's upload, and a day after it began. */
export async function viewUpload(viewer: Viewer, input: { uploadId: string }, now: Date): Promise<Progress> {
  await ownUpload(viewer, input.uploadId, now)
  await endSending(input.uploadId)
  return progressOf(await ownUpload(viewer, input.uploadId, now))
}

/**
 * Takes in the bytes of an upload from `offset` on, piece by piece. What came in before its sender went away stays: Invalid "upload-broken-off" says
 * so. Conflict "upload-offset" when it is further or less far; Invalid "upload-changed" when more comes than was announced.
 */
export async function takeBytes(viewer: Viewer, input: { uploadId: string; offset: number; stream: ReadableStream<Uint8Array> }, now: Date): Promise<Progress> {
  await ownUpload(viewer, input.uploadId, now)
  await endSending(input.uploadId)
  const reader = input.stream.getReader()
  const taking = takeAll(reader, () => ownUpload(viewer, input.uploadId, now), input.offset)
  const done = taking.then(() => undefined, () => undefined)
  const mine = { stop: () => reader.cancel(), done }
  sendings().set(input.uploadId, mine)
  try {
    return progressOf(await taking)
  } finally {
    if (sendings().get(input.uploadId) === mine) sendings().delete(input.uploadId)
  }
}

/** Takes an upload away before it became a file. */
export async function cancelUpload(viewer: Viewer, input: { uploadId: string }, now: Date): Promise<void> {
  await ownUpload(viewer, input.uploadId, now)
  await endSending(input.uploadId)
  await removeUpload(await ownUpload(viewer, input.uploadId, now))
}

/** An upload of this account for this party, not older than a day; NotFound for any other. */
export async function ownUpload(viewer: Viewer, uploadId: string, now: Date): Promise<Upload> {
  const upload = await readNote(uploadId)
  const isOwn = upload?.accountId === viewer.accountId && upload.partyId === viewer.partyId
  if (!upload || !isOwn || now.getTime() - upload.beganAt.getTime() > uploadLifetime) throw new NotFound()
  return upload
}

type Sending = { stop: () => Promise<void>; done: Promise<void> }

declare global {
  // Who is sending which upload to this process, also where a bundler copied this module.
  var portalSendings: Map<string, Sending> | undefined
}

function sendings(): Map<string, Sending> {
  return (globalThis.portalSendings ??= new Map())
}

/** A line that broke unnoticed holds up nobody: whoever comes back ends the sending that still hangs, and keeps what came in. */
async function endSending(uploadId: string): Promise<void> {
  const other = sendings().get(uploadId)
  await other?.stop().catch(() => undefined)
  await other?.done
}

type Reader = ReadableStreamDefaultReader<Uint8Array>

async function takeAll(reader: Reader, load: () => Promise<Upload>, offset: number): Promise<Upload> {
  let upload = await load()
  if (offsetOf(upload) !== offset) throw new Conflict("upload-offset")
  let held: Uint8Array[] = []
  let weight = 0
  const flush = async () => {
    if (weight > 0) upload = await addPiece(upload, Buffer.concat(held))
    held = []
    weight = 0
  }
  for (;;) {
    const next = await reader.read().catch(() => null)
    if (!next) {
      await flush()
      throw new Invalid("upload-broken-off")
    }
    if (next.done) break
    weight += next.value.length
    held.push(next.value)
    if (offsetOf(upload) + weight > upload.length) {
      void reader.cancel().catch(() => undefined)
      throw new Invalid("upload-changed")
    }
    if (weight >= uploadPieceBytes) await flush()
  }
  await flush()
  return upload
}

function progressOf(upload: Upload): Progress {
  return { id: upload.id, offset: offsetOf(upload), length: upload.length }
}
