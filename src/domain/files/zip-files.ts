import { readAsViewer } from "#platform/database.ts"
import { zipLength, zipOf } from "#platform/zip.ts"
import { Invalid, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { zipLimits } from "#policy/zip-limits.ts"
import { openFile } from "./open-file.ts"
import { findChosen, findYearOf, type ZipFile } from "./zip-repository.ts"

export type { ZipFile } from "./zip-repository.ts"

/** Which files: chosen ones, or all files of the dossier and year that one of them is in (own files have no year). */
export type ZipChoice = { fileIds: readonly string[] } | { yearOf: string }

/**
 * The files for a zip. Invalid "zip-empty" without any, "zip-too-many" or "zip-too-large" over the limits, and NotFound when one of them is out
 * of sight: never fewer than were asked for.
 */
export async function planZip(viewer: Viewer, choice: ZipChoice): Promise<ZipFile[]> {
  const files = await readAsViewer(viewer, (reader) => ("yearOf" in choice ? findYearOf(reader, choice.yearOf, zipLimits.files + 1) : chosen(reader, choice.fileIds)))
  if (files.length === 0) throw new NotFound()
  if (files.length > zipLimits.files) throw new Invalid("zip-too-many", { most: zipLimits.files })
  if (files.reduce((sum, file) => sum + file.size, 0) > zipLimits.bytes) throw new Invalid("zip-too-large", { gigabytes: zipLimits.bytes / 1e9 })
  return files
}

async function chosen(reader: Parameters<typeof findChosen>[0], fileIds: readonly string[]): Promise<ZipFile[]> {
  const ids = [...new Set(fileIds)]
  if (ids.length === 0) throw new Invalid("zip-empty")
  if (ids.length > zipLimits.files) throw new Invalid("zip-too-many", { most: zipLimits.files })
  const files = await findChosen(reader, ids)
  if (files.length < ids.length) throw new NotFound("zip-file-gone")
  return files
}

/**
 * The zip of planned files under these names (of the same order), and its length in bytes. Each file is opened as a download when its turn comes:
 * asked of the grants again, read from then on, and in the chain. When one is out of sight by then or damaged, the stream fails.
 */
export function zipFiles(viewer: Viewer, files: readonly ZipFile[], names: readonly string[]): { stream: ReadableStream<Uint8Array>; length: number } {
  const entries = files.map(({ id, size, createdAt }, index) => ({
    name: names[index] ?? id,
    size,
    changedAt: createdAt,
    open: async () => (await openFile(viewer, { fileId: id, how: "download" })).stream,
  }))
  return { stream: zipOf(entries), length: zipLength(entries) }
}
