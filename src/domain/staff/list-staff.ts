import { asSystemOnce, asViewer } from "#platform/database.ts"
import { Forbidden } from "#policy/errors.ts"
import type { Rank } from "#policy/ranks.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findStaff, findWithPassword } from "./staff-repository.ts"

/**
 * Somebody who may sign in for the viewer's office or business. `isParty` is the account of the party itself (an office: its client number), which stays;
 * `clients` is null for all of them.
 */
export type StaffMember = {
  roleId: string
  name: string | null
  username: string
  email: string | null
  rank: Rank
  clients: { id: string; name: string }[] | null
  isParty: boolean
  isSelf: boolean
  state: "invited" | "active"
}

/** Who may sign in for the viewer's office or business. Forbidden for who is not its owner, and for an employee. */
export async function listStaff(viewer: Viewer): Promise<StaffMember[]> {
  assertOwner(viewer)
  const rows = await asViewer(viewer, (tx) => findStaff(tx, viewer.partyId))
  const inside = await findWithPassword(asSystemOnce("staff"), rows.map((row) => row.accountId))
  return rows.map(({ accountId, ...row }) => ({ ...row, isParty: row.email === null, isSelf: accountId === viewer.accountId, state: inside.has(accountId) ? "active" : "invited" }))
}

/** Refuses whoever does not say who works here: Forbidden "owners-only". */
export function assertOwner(viewer: Viewer): void {
  if (viewer.kind === "employee" || viewer.rank !== "owner") throw new Forbidden("owners-only")
}
