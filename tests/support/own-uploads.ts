import { readdirSync } from "node:fs"
import { finishUploads } from "#domain/uploads/finish-uploads.ts"
import { beginUpload, takeBytes } from "#domain/uploads/take-upload.ts"
import type { Viewer } from "#policy/viewer.ts"
import type { TestDatabase } from "./database.ts"
import { today } from "./house.ts"

/** Bytes as a request brings them. */
export function streamFrom(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new Blob([new Uint8Array(bytes)]).stream()
}

/** Sends a file whole, without finishing it; returns its upload's id. */
export async function send(viewer: Viewer, name: string, bytes: Uint8Array, now = today): Promise<string> {
  const { id } = await beginUpload(viewer, { name, length: bytes.length }, now)
  await takeBytes(viewer, { uploadId: id, offset: 0, stream: streamFrom(bytes) }, now)
  return id
}

/** Makes uploads a file. */
export function finish(viewer: Viewer, uploadIds: readonly string[], more: { together?: string; sha256?: string } = {}): Promise<{ fileId: string }> {
  return finishUploads(viewer, { uploadIds, together: more.together ?? null, sha256: more.sha256 ?? null }, today)
}

/** Sends a file and makes it one in the dossier; returns its id. */
export async function upload(viewer: Viewer, name: string, bytes: Uint8Array): Promise<string> {
  return (await finish(viewer, [await send(viewer, name, bytes)])).fileId
}

/** For everything stored, the place it stands in: "files", "uploads", "quarantine". */
export function placesKept({ filesFolder }: TestDatabase): (string | undefined)[] {
  const files = readdirSync(filesFolder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  return files.map((one) => one.parentPath.slice(filesFolder.length + 1).split("/")[0])
}
