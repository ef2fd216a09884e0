import { asViewer } from "#platform/database.ts"
import { NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findKeptOf } from "./backup-repository.ts"
import type { BackupView } from "./backup-views.ts"
import { findEndings } from "./ending-repository.ts"
import { toView } from "./own-backup.ts"

/** A back-up of a client that left: what that was called then, and when the back-up goes. */
export type FormerBackup = BackupView & { employerName: string; goesAt: Date }

const most = 1000

/** The back-ups that an office still has of clients that left, those that go first on top. NotFound for who is no office; empty for who has not all clients. */
export async function viewFormerBackups(viewer: Viewer): Promise<FormerBackup[]> {
  if (viewer.kind !== "office") throw new NotFound()
  return asViewer(viewer, async (tx) => {
    const endings = await findEndings(tx)
    const found = await findKeptOf(tx, endings.map(({ audienceId }) => audienceId), most)
    return endings.flatMap(({ audienceId, employerName, goesAt }) => found.filter((one) => one.audienceId === audienceId).map((one) => ({ ...toView(one), employerName, goesAt })))
  })
}
