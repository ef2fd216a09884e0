import { readAtOnce } from "#platform/database.ts"
import { partOf, type ByteRange } from "#policy/byte-range.ts"
import { Invalid, NotFound } from "#policy/errors.ts"
import type { EventKind } from "#policy/events.ts"
import type { Viewer } from "#policy/viewer.ts"
import { openFileRow, type OpenedFile } from "./file-repository.ts"
import { readPart, readStream } from "./keep-bytes.ts"

export type OpenFileInput = { fileId: string; how: "view" | "download"; range?: ByteRange | null }

/** A file's bytes as they were sent, with what its name on screen is made of. `part` is what the stream holds of it; null is all. */
export type FileContent = Pick<OpenedFile, "kind" | "year" | "period" | "periodKind" | "name" | "mediaType" | "size"> & {
  part: { start: number; end: number } | null
  stream: ReadableStream<Uint8Array>
}

const events = { view: "file.viewed", download: "file.downloaded" } as const satisfies Record<OpenFileInput["how"], EventKind>

/**
 * Opens a file for reading: from then on it is read for this account, and who opened it stands in the dossier's chain.
 * NotFound when the viewer cannot see it, Invalid "range-past-end" with its `size` when a range begins past the end. The bytes are decrypted as
 * they stream, and checked piece by piece. The ranges that a session asks one after another count as one opening; each is asked of the grants.
 */
export async function openFile(viewer: Viewer, { fileId, how, range = null }: OpenFileInput): Promise<FileContent> {
  const opening = { event: events[how], sessionId: viewer.sessionId, partFrom: range && (range.first ?? 0) }
  const file = await readAtOnce(viewer, (reader) => openFileRow(reader, fileId, viewer.accountId, opening))
  if (!file) throw new NotFound()
  const { kind, year, period, periodKind, name, mediaType, size } = file
  const part = range && partOf(range, size)
  if (range && !part) throw new Invalid("range-past-end", { size })
  const stream = part ? await readPart(file, file.storageKey, { ...part, size }) : await readStream(file, file.storageKey)
  return { kind, year, period, periodKind, name, mediaType, size, part, stream }
}
