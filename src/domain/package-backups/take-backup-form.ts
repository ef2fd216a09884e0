import { textOf } from "#platform/form-hash.ts"
import { BrokenForm, openForm, type FormPart } from "#platform/multipart.ts"
import { backupRules } from "#policy/backup-rules.ts"
import { Invalid } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { beginBackup } from "./begin-backup.ts"
import { removeBackup } from "./change-backup.ts"
import { closeBackup, takeBackup } from "./take-backup.ts"

/** What a form weighs besides its file, and the longest field in it, at most. */
const formAround = 8192
const longestField = 2000

/** A multipart form of `announced` bytes as it comes in: "jaar" and "omschrijving", and behind them the file "bestand". */
export type BackupFormInput = { employerId: string | null; contentType: string; announced: number; body: ReadableStream<Uint8Array> }

/**
 * Takes in a back-up by a plain form of up to 100 MB, for who has no JavaScript; its checksum is what the portal finds. Invalid "files-none" when none was chosen,
 * "backup-form-too-large"; else it refuses as beginBackup and takeBackup do, and leaves nothing of what it refuses: who sent it cannot go on with it.
 */
export async function takeBackupForm(viewer: Viewer, { employerId, contentType, announced, body }: BackupFormInput, now: Date): Promise<{ backupId: string; year: number }> {
  if (announced > backupRules.formBytes + formAround) throw new Invalid("backup-form-too-large", { megabytes: backupRules.formBytes / 1e6 })
  const { parts, drop } = opened(contentType, body)
  try {
    const { fields, file } = await firstFile(parts)
    if (!file?.fileName) throw new Invalid("files-none")
    const year = Number(fields.get("jaar"))
    const told = { employerId, name: file.fileName, length: Math.min(announced, backupRules.formBytes), year, sha256: null, description: fields.get("omschrijving") ?? "" }
    const { id } = await beginBackup(viewer, told, now)
    await takeFile(viewer, id, file.stream, now)
    return { backupId: id, year }
  } catch (error) {
    void drop(backupRules.formBytes).catch(() => undefined)
    throw error instanceof BrokenForm ? new Invalid("upload-broken-off") : error
  }
}

async function takeFile(viewer: Viewer, backupId: string, stream: ReadableStream<Uint8Array>, now: Date): Promise<void> {
  try {
    await takeBackup(viewer, { backupId, offset: 0, stream }, now)
    await closeBackup(viewer, { backupId }, now)
  } catch (error) {
    await removeBackup(viewer, { backupId })
    throw error
  }
}

function opened(contentType: string, body: ReadableStream<Uint8Array>): ReturnType<typeof openForm> {
  try {
    return openForm(contentType, body)
  } catch (error) {
    throw error instanceof BrokenForm ? new Invalid("upload-broken-off") : error
  }
}

/** The first file of a form with the fields before it. The form is not read any further, and not closed. */
async function firstFile(parts: AsyncGenerator<FormPart>): Promise<{ fields: Map<string, string>; file: FormPart | null }> {
  const fields = new Map<string, string>()
  for (let next = await parts.next(); !next.done; next = await parts.next()) {
    const part = next.value
    if (part.fileName !== null) return { fields, file: part }
    fields.set(part.name, (await textOf(part, longestField)) ?? "")
  }
  return { fields, file: null }
}
