import { asSystem, type Transaction } from "#platform/database.ts"
import { normaliseEmailAddress } from "#policy/email-address.ts"
import { Conflict, Forbidden, Invalid, NotFound } from "#policy/errors.ts"
import type { EventKind } from "#policy/events.ts"
import { ranksOf, type Rank } from "#policy/ranks.ts"
import type { Viewer } from "#policy/viewer.ts"
import { forgetWaysIn } from "../accounts/forget-ways-in.ts"
import { openStaffAccount, welcomeStaff } from "../accounts/welcome-staff.ts"
import { recordEvents } from "../audit/record-event.ts"
import { endSessionsOf } from "../sessions/end-sessions-of.ts"
import { assertOwner } from "./list-staff.ts"
import { endRole, findByEmail, findServed, holdRank, holdRole, holdStaff, updateHolder, updateRole } from "./staff-repository.ts"

/** What somebody may do: a rank, and of an office which clients (ids of employers; null is all). */
export type StaffRights = { rank: Rank; clients: string[] | null }

/**
 * Lets one more person sign in for the viewer's office or business, with an account of their own, and mails how to get in. Who worked here before gets
 * the same account back, and begins anew: without the password, second steps and links of before, because the address may be somebody else's now. Invalid for an address that is none, a rank or client that is not to be had here; Conflict for who
 * works here already.
 */
export async function addStaff(viewer: Viewer, input: StaffRights & { name: string; email: string }, now: Date): Promise<void> {
  const email = normaliseEmailAddress(input.email)?.toLowerCase()
  if (!email) throw new Invalid("email-invalid", { field: "email" })
  const name = input.name.trim()
  await asOwner(viewer, async (tx) => {
    await assertRights(tx, viewer, input)
    const known = await findByEmail(tx, viewer.partyId, email)
    if (known && !known.hasEnded) throw new Conflict("staff-known", { field: "email" })
    const { accountId, roleId } = known ?? (await openStaffAccount(tx, { partyId: viewer.partyId, email }))
    if (known?.otherRoles === 0) await forgetWaysIn(tx, accountId, now)
    await updateHolder(tx, accountId, { name, email })
    await updateRole(tx, roleId, input)
    await welcomeStaff(tx, { accountId, partyId: viewer.partyId, email }, now)
    await note(tx, viewer, "staff.added", roleId, input)
  })
}

/** Gives somebody who works here another rank or other clients. The person signs in anew. Conflict for the party's own account and for oneself. */
export async function changeStaff(viewer: Viewer, input: StaffRights & { roleId: string }, now: Date): Promise<void> {
  await asOwner(viewer, async (tx) => {
    await assertRights(tx, viewer, input)
    const role = await roleToChange(tx, viewer, input.roleId)
    await updateRole(tx, input.roleId, input)
    await endSessionsOf(tx, { accountId: role.accountId, partyId: viewer.partyId }, now)
    await note(tx, viewer, "staff.changed", input.roleId, input)
  })
}

/** Somebody works here no more: the role and its sessions end at once; what the person did stays. Conflict for the party's own account and for oneself. */
export async function removeStaff(viewer: Viewer, input: { roleId: string }, now: Date): Promise<void> {
  await asOwner(viewer, async (tx) => {
    const role = await roleToChange(tx, viewer, input.roleId)
    await endRole(tx, input.roleId, now)
    await endSessionsOf(tx, { accountId: role.accountId, partyId: viewer.partyId }, now)
    await note(tx, viewer, "staff.removed", input.roleId)
  })
}

/** As the system, because no viewer may touch accounts; so whether the viewer is an owner is asked again here, held until it is done. */
async function asOwner(viewer: Viewer, work: (tx: Transaction) => Promise<void>): Promise<void> {
  assertOwner(viewer)
  await asSystem("staff", async (tx) => {
    await holdStaff(tx, viewer.partyId)
    if ((await holdRank(tx, viewer.accountId, viewer.partyId)) !== "owner") throw new Forbidden("owners-only")
    await work(tx)
  })
}

async function assertRights(tx: Transaction, { kind, partyId }: Viewer, { rank, clients }: StaffRights): Promise<void> {
  if (!ranksOf[kind].some((one) => one === rank)) throw new Invalid("invalid", { field: "rank" })
  if (clients === null) return
  if (kind !== "office" || rank === "owner") throw new Invalid("owner-has-all-clients", { field: "clients" })
  if (clients.length === 0) throw new Invalid("clients-none", { field: "clients" })
  const served = await findServed(tx, partyId, clients)
  if (clients.some((id) => !served.has(id))) throw new NotFound()
}

async function roleToChange(tx: Transaction, viewer: Viewer, roleId: string): Promise<{ accountId: string }> {
  const role = await holdRole(tx, roleId, viewer.partyId)
  if (!role) throw new NotFound()
  if (role.email === null || role.accountId === viewer.accountId) throw new Conflict("staff-fixed")
  return role
}

async function note(tx: Transaction, { accountId, partyId }: Viewer, kind: EventKind, roleId: string, rights?: StaffRights): Promise<void> {
  const event = { chainId: partyId, kind, accountId, partyId, subjectId: roleId }
  await recordEvents(tx, [rights ? { ...event, details: { rank: rights.rank, clients: rights.clients?.length ?? "all" } } : event])
}
