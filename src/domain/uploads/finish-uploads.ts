import { createHash } from "node:crypto"
import { scanWithClamd, ScanUnavailable } from "#platform/clamd.ts"
import { env } from "#platform/env.ts"
import { makePhoto, PhotoRefused, type MadePhoto } from "#platform/photo.ts"
import { photoPdf } from "#platform/photo-pdf.ts"
import { streamOf } from "#platform/stream-of.ts"
import { Conflict, Invalid, Refusal, TooMany } from "#policy/errors.ts"
import { cleanFileName, withEnding } from "#policy/file-name.ts"
import { kindHeadBytes, kindTailBytes, ownFileKindOf, ownFileKinds, type OwnFileKind } from "#policy/own-file-kinds.ts"
import { maxPhotoBytes, maxPhotoPixels, maxPhotosTogether } from "#policy/own-file-limits.ts"
import type { Viewer } from "#policy/viewer.ts"
import { keepBytes, keepStream, setAside } from "../files/keep-bytes.ts"
import { isOwnFilePlaced, ownDossier, placeKept, recordQuarantine } from "../files/place-upload.ts"
import { deleteUploads, type Removed, type Upload } from "./own-upload-repository.ts"
import { ownUpload, removeUploads } from "./take-upload.ts"
import { dropPieces, readPieces } from "./upload-pieces.ts"

/** `together`: the name of the one PDF that photos become. `sha256`: of a single file as its sender has it, in hexadecimal. */
export type FinishInput = { uploadIds: readonly string[]; together: string | null; sha256: string | null }

/**
 * Makes whole uploads one own file in the viewer's dossier. Twice is the same file, also at once: its id is the first upload's. Invalid or Conflict,
 * with nothing placed: what it is cannot be kept (own-file-…, photo-…), "upload-changed" when other bytes came than its sender has, "upload-not-whole",
 * "upload-infected" (set aside, not to be had), "scan-unavailable", "dossier-full", "storage-full".
 */
export async function finishUploads(viewer: Viewer, input: FinishInput, now: Date): Promise<{ fileId: string }> {
  const [fileId = "", ...others] = input.uploadIds
  if (others.length > 0 && input.together === null) throw new Invalid("invalid")
  if (others.length >= maxPhotosTogether) throw new Invalid("photos-too-many", { most: maxPhotosTogether })
  await finish(viewer, input, fileId, now).catch(async (error: unknown) => {
    if (!(error instanceof Refusal) || !(await isOwnFilePlaced(viewer, fileId))) throw error
  })
  return { fileId }
}

async function finish(viewer: Viewer, input: FinishInput, fileId: string, now: Date): Promise<void> {
  const uploads = await Promise.all(input.uploadIds.map((id) => ownUpload(viewer, id, now)))
  const { dossierId, recipient } = await ownDossier(viewer)
  const looked = []
  for (const upload of uploads) looked.push(await look(viewer, upload, { dossierId, recipient, sha256: uploads.length > 1 ? null : input.sha256 }))
  const scannedAt = env().CLAMD ? now : null
  const file = input.together === null ? await keepOne(viewer, recipient, looked[0]) : await keepTogether(recipient, input.together, looked)
  const left: Removed[] = []
  await placeKept(viewer, { id: fileId, scannedAt, ...file }, dossierId, async (tx) => void left.push(...(await deleteUploads(tx, input.uploadIds))), now)
  for (const { id, pieceIds } of left) await dropPieces(id, pieceIds)
}

type Looked = { upload: Upload; kind: OwnFileKind }
type Target = { dossierId: string; recipient: string; sha256: string | null }

/** Goes through an upload once: is it whole and unchanged, what is it, and does the scanner find something. What can never be kept is taken away. */
async function look(viewer: Viewer, upload: Upload, { dossierId, recipient, sha256 }: Target): Promise<Looked> {
  if (upload.received !== upload.length) throw new Conflict("upload-not-whole")
  const seen = noting(upload)
  const clamd = env().CLAMD
  const { found } = clamd ? await scanned(clamd, seen.pieces()) : { found: null }
  if (!clamd) for await (const _piece of seen.pieces()) continue
  if (found) {
    await setAside(upload.id, recipient, streamOf(readPieces(upload)))
    await recordQuarantine(viewer, dossierId, upload.id, found)
    await removeUploads(viewer, [upload.id])
    throw new Invalid("upload-infected", { finding: found })
  }
  const kind = ownFileKindOf(seen.head(), seen.tail(), upload.name)
  const refused = sha256 !== null && sha256 !== seen.sha256() ? "upload-changed" : typeof kind === "string" ? kind : kind.isPhoto && upload.length > maxPhotoBytes ? "photo-too-large" : null
  if (refused !== null || typeof kind === "string") {
    await removeUploads(viewer, [upload.id])
    throw new Invalid(refused ?? "own-file-kind")
  }
  return { upload, kind }
}

/** Reads the pieces of an upload, and notes its SHA-256, beginning and end as they pass. */
function noting(upload: Upload) {
  const hash = createHash("sha256")
  let [head, tail] = [Buffer.of(), Buffer.of()]
  return {
    async *pieces() {
      for await (const piece of readPieces(upload)) {
        hash.update(piece)
        if (head.length < kindHeadBytes) head = Buffer.concat([head, piece.subarray(0, kindHeadBytes)])
        tail = Buffer.from(Buffer.concat([tail, piece]).subarray(-kindTailBytes))
        yield piece
      }
    },
    sha256: () => hash.digest("hex"),
    head: () => head,
    tail: () => tail,
  }
}

async function scanned(clamd: string, pieces: AsyncIterable<Uint8Array>): Promise<{ found: string | null }> {
  return scanWithClamd(clamd, pieces).catch((error: unknown) => {
    throw error instanceof ScanUnavailable ? new Conflict("scan-unavailable", {}, { cause: error.cause }) : error
  })
}

async function keepOne(viewer: Viewer, recipient: string, looked: Looked | undefined) {
  if (!looked) throw new Invalid("invalid")
  const { upload, kind } = looked
  if (!kind.isPhoto) {
    const kept = await keepStream(recipient, streamOf(readPieces(upload)), upload.length, () => undefined)
    return { ...kept, name: withEnding(upload.name, kind.mediaType), mediaType: kind.mediaType }
  }
  const photo = await made(looked, "photo").catch(async (error: unknown) => {
    if (error instanceof Invalid) await removeUploads(viewer, [upload.id])
    throw error
  })
  const kept = await keepBytes(recipient, photo.bytes)
  return { ...kept, name: withEnding(upload.name.replace(/\.hei[cf]$/i, ""), photo.mediaType), mediaType: photo.mediaType }
}

async function keepTogether(recipient: string, title: string, looked: readonly Looked[]) {
  if (looked.some(({ kind }) => !kind.isPhoto)) throw new Invalid("photos-only")
  const name = withEnding(cleanFileName(title), ownFileKinds.pdf.mediaType)
  async function* pages() {
    for (const one of looked) yield await made(one, "page")
  }
  let failed: unknown
  async function* pdf() {
    try {
      yield* photoPdf(name.replace(/\.pdf$/i, ""), pages())
    } catch (error) {
      failed = error
      throw error
    }
  }
  const kept = await keepStream(recipient, streamOf(pdf()), 2 ** 31 - 1, () => undefined).catch((error: unknown) => {
    throw failed ?? error
  })
  return { ...kept, name, mediaType: ownFileKinds.pdf.mediaType }
}

async function made({ upload, kind }: Looked, as: "photo" | "page"): Promise<MadePhoto> {
  const parts: Uint8Array[] = []
  for await (const part of readPieces(upload)) parts.push(part)
  const from = kind === ownFileKinds.heic ? "heic" : kind === ownFileKinds.png ? "png" : "jpeg"
  return makePhoto({ kind: from, as, bytes: new Uint8Array(Buffer.concat(parts)), maxPixels: from === "heic" ? maxPhotoPixels / 2 : maxPhotoPixels }).catch((error: unknown) => {
    if (!(error instanceof PhotoRefused)) throw error
    throw error.code === "photo-busy" ? new TooMany("photo-busy") : new Invalid(error.code)
  })
}
