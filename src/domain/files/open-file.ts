import { readAsViewer } from "#platform/database.ts"
import { NotFound } from "#policy/errors.ts"
import type { EventKind } from "#policy/events.ts"
import type { Viewer } from "#policy/viewer.ts"
import { openFileRow, type OpenedFile } from "./file-repository.ts"
import { readStream } from "./keep-bytes.ts"

export type OpenFileInput = { fileId: string; how: "view" | "download" }

/** A file's bytes as they were sent, with what its name on screen is made of. */
export type FileContent = Pick<OpenedFile, "kind" | "year" | "period" | "periodKind" | "name" | "mediaType" | "size"> & { stream: ReadableStream<Uint8Array> }

const events = { view: "file.viewed", download: "file.downloaded" } as const satisfies Record<OpenFileInput["how"], EventKind>

/**
 * Opens a file for reading: from then on it is read for this account, and who opened it stands in the dossier's chain.
 * NotFound when the viewer cannot see it. The bytes are decrypted as they stream, and checked piece by piece.
 */
export async function openFile(viewer: Viewer, input: OpenFileInput): Promise<FileContent> {
  const file = await readAsViewer(viewer, (reader) => openFileRow(reader, input.fileId, viewer.accountId, events[input.how]))
  if (!file) throw new NotFound()
  const { kind, year, period, periodKind, name, mediaType, size } = file
  return { kind, year, period, periodKind, name, mediaType, size, stream: await readStream(file, file.storageKey) }
}
