import type { Transaction } from "#platform/database.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findLiveEngagement } from "./party-repository.ts"

/** Whether the viewer of this transaction runs payroll for whom it sees: an office does, an employer only without an office. */
export async function runsPayroll(tx: Transaction, viewer: Viewer): Promise<boolean> {
  if (viewer.kind === "employer") return (await findLiveEngagement(tx, viewer.partyId)) === null
  return viewer.kind === "office"
}
