import { asViewer } from "#platform/database.ts"
import { Invalid, NotFound } from "#policy/errors.ts"
import { shareLimits } from "#policy/share-steps.ts"
import type { Viewer } from "#policy/viewer.ts"
import { deleteReads, findFilesInSight } from "./read-repository.ts"
import { markRead } from "./mark-read.ts"

/** Marks files as read or as unread for this account. All of them or none: NotFound when one is out of sight. Twice is harmless. */
export async function markFiles(viewer: Viewer, input: { fileIds: readonly string[]; as: "read" | "unread" }, now: Date): Promise<void> {
  const wanted = [...new Set(input.fileIds)]
  if (wanted.length === 0) throw new Invalid("files-none")
  if (wanted.length > shareLimits.files) throw new Invalid("files-too-many", { most: shareLimits.files })
  await asViewer(viewer, async (tx) => {
    if ((await findFilesInSight(tx, wanted)).length < wanted.length) throw new NotFound()
    if (input.as === "read") await markRead(tx, viewer.accountId, wanted, now)
    else await deleteReads(tx, viewer.accountId, wanted)
  })
}
