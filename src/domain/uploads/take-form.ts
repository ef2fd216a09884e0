import { asViewer } from "#platform/database.ts"
import { env } from "#platform/env.ts"
import { BrokenForm, fileInForm, type FormFile } from "#platform/multipart.ts"
import { Invalid } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { finishUploads } from "./finish-uploads.ts"
import { updateLength } from "./own-upload-repository.ts"
import { beginUpload, removeUploads, takeBytes } from "./take-upload.ts"

/** What a form weighs besides its file, at most. */
const formAround = 4096

/** A multipart form of `announced` bytes as it comes in. */
export type FormInput = { contentType: string; announced: number; body: ReadableStream<Uint8Array> }

/**
 * Takes in the file of a plain form and makes it an own file. Invalid "files-none" when none was chosen; else it refuses as beginUpload, takeBytes and
 * finishUploads do, and leaves nothing of what it refuses: who sent it cannot go on with it.
 */
export async function takeForm(viewer: Viewer, { contentType, announced, body }: FormInput, now: Date): Promise<{ fileId: string }> {
  const most = env().OWN_FILE_MB * 1e6
  if (announced > most + formAround) throw new Invalid("upload-too-large", { megabytes: env().OWN_FILE_MB })
  const file = await fileInForm(contentType, body).catch((error: unknown) => {
    throw error instanceof BrokenForm ? new Invalid("upload-broken-off") : error
  })
  if (!file || file.name === "") throw new Invalid("files-none")
  try {
    return await takeFile(viewer, file, Math.min(announced, most), now)
  } catch (error) {
    void file.drop(most).catch(() => undefined)
    throw error
  }
}

async function takeFile(viewer: Viewer, { name, stream }: FormFile, length: number, now: Date): Promise<{ fileId: string }> {
  const { id } = await beginUpload(viewer, { name, length }, now)
  try {
    const { offset } = await takeBytes(viewer, { uploadId: id, offset: 0, stream }, now)
    if (offset === 0) throw new Invalid("upload-empty")
    await asViewer(viewer, (tx) => updateLength(tx, id))
    return await finishUploads(viewer, { uploadIds: [id], together: null, sha256: null }, now)
  } catch (error) {
    await removeUploads(viewer, [id])
    throw error
  }
}
