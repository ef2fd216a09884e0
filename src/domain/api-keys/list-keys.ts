import { asSystemOnce, asViewer } from "#platform/database.ts"
import { scopesFor, type ApiScope } from "#policy/api-scopes.ts"
import type { Viewer } from "#policy/viewer.ts"
import { runsPayroll } from "../parties/runs-payroll.ts"
import { assertOwner } from "../staff/list-staff.ts"
import { findKeys, findLiveOwners, type ApiKeyRow } from "./api-key-repository.ts"

/** A key, and whether it works: "over" past its last day, "resting" while its holder is no owner. */
export type ApiKeyView = ApiKeyRow & { state: "works" | "over" | "resting" }

/** The keys of the viewer's office or business that were not revoked, and the scopes that can be given here. Forbidden for who is not its owner. */
export async function listKeys(viewer: Viewer, now: Date): Promise<{ keys: ApiKeyView[]; scopes: ApiScope[] }> {
  assertOwner(viewer)
  const { rows, runs } = await asViewer(viewer, async (tx) => ({ rows: await findKeys(tx, viewer.partyId), runs: await runsPayroll(tx, viewer) }))
  const owners = await findLiveOwners(asSystemOnce("api-key"), viewer.partyId)
  const stateOf = ({ expiresAt, heldBy }: ApiKeyRow) => {
    if (expiresAt && expiresAt <= now) return "over"
    return owners.includes(heldBy.id) ? "works" : "resting"
  }
  return { keys: rows.map((row) => ({ ...row, state: stateOf(row) })), scopes: scopesFor({ runsPayroll: runs }) }
}
