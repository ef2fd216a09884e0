import { asSystem, asViewer, type Transaction } from "#platform/database.ts"
import { Conflict, Forbidden, NotFound } from "#policy/errors.ts"
import type { EventKind } from "#policy/events.ts"
import { assertMayChange } from "#policy/may-change.ts"
import type { Viewer } from "#policy/viewer.ts"
import { endLinksOf } from "../accounts/end-links.ts"
import { holdAccount } from "../accounts/hold-account.ts"
import { tellOfChange } from "../accounts/tell-of-change.ts"
import { welcomeParties } from "../accounts/welcome-parties.ts"
import { recordEvents } from "../audit/record-event.ts"
import { isDeadAddress } from "../bounces/dead-address.ts"
import { findEmployerById } from "../parties/find-employer.ts"
import { findPerson } from "../parties/find-person.ts"
import { markWelcomed } from "../parties/mark-welcomed.ts"
import { servedEmployer } from "../parties/served-employer.ts"
import { endSessionsOf } from "../sessions/end-sessions-of.ts"
import { closeInvitation, holdNewestInvitation, holdOwnRole, updateBlocked } from "./invitation-repository.ts"
import { inviteAccounts } from "./invite-accounts.ts"

/** Somebody who can be invited. `hasProof`: something is known to ask before a first password. */
export type Party = { partyId: string; kind: "employer" | "employee"; email: string | null; hasProof: boolean }

/**
 * Invites a person or client, or once more, at the address known in payroll: by its employer or office. Links that were mailed before are over: whoever has
 * them gets no new tries, and nothing after a withdrawal. NotFound out of sight; Conflict without an address, without a date of birth or wage tax number to
 * prove, where mail does not arrive, when blocked, or when somebody is inside already.
 */
export async function invite(viewer: Viewer, input: { partyId: string }, now: Date): Promise<void> {
  await forParty(viewer, input.partyId, async (tx, { partyId, kind, hasProof }) => {
    if (!hasProof) throw new Conflict("invite-no-proof")
    const role = await holdOwnRole(tx, partyId)
    const email = await addressOf(tx, { partyId, kind })
    if (email === null) throw new Conflict("invite-no-email")
    if (await isDeadAddress(tx, email, partyId)) throw new Conflict("address-dead")
    if (role?.blockedAt) throw new Conflict("access-blocked")
    if (role?.hasPassword) throw new Conflict("access-active")
    const by = { accountId: viewer.accountId }
    if (role) {
      await holdAccount(tx, role.accountId)
      await endLinksOf(tx, role.accountId, now)
      await inviteAccounts(tx, [{ partyId, kind, email, accountId: role.accountId }], by, now)
    } else await welcomeParties(tx, [{ partyId, kind, email }], by, now)
    await markWelcomed(tx, [partyId], now)
    await note(tx, viewer, "invitation.sent", partyId)
  })
}

/** Withdraws an invitation while it is unused: no link to a first password is sent or works until a new one. Conflict when there is none. */
export async function withdrawInvitation(viewer: Viewer, input: { partyId: string }, now: Date): Promise<void> {
  await forParty(viewer, input.partyId, async (tx, { partyId }) => {
    const role = await holdOwnRole(tx, partyId)
    const invitation = role && !role.hasPassword ? await holdNewestInvitation(tx, role.accountId) : null
    if (!invitation || invitation.usedAt || invitation.withdrawnAt) throw new Conflict("invitation-none")
    await closeInvitation(tx, invitation.id, { withdrawnAt: now })
    await note(tx, viewer, "invitation.withdrawn", partyId)
  })
}

/** Blocks the access of a person or client: its sessions for that role end at once, other roles of the account go on. Twice is once. */
export async function blockAccess(viewer: Viewer, input: { partyId: string }, now: Date): Promise<void> {
  await setBlocked(viewer, input.partyId, now, now)
}

/** Lets who was blocked in again, with the same username and password. */
export async function unblockAccess(viewer: Viewer, input: { partyId: string }, now: Date): Promise<void> {
  await setBlocked(viewer, input.partyId, null, now)
}

async function setBlocked(viewer: Viewer, partyId: string, blockedAt: Date | null, now: Date): Promise<void> {
  await forParty(viewer, partyId, async (tx) => {
    const role = await holdOwnRole(tx, partyId)
    if (!role) throw new Conflict("access-none")
    if ((role.blockedAt === null) === (blockedAt === null)) return
    await updateBlocked(tx, role.roleId, blockedAt)
    if (blockedAt) await endSessionsOf(tx, { accountId: role.accountId, partyId }, now)
    if (role.hasPassword) await tellOfChange(tx, role.accountId, blockedAt ? "access-blocked" : "access-given-back", now)
    await note(tx, viewer, blockedAt ? "access.blocked" : "access.unblocked", partyId)
  })
}

/** For who may change something: sight is asked as the viewer; the work is done as the system, because no viewer may touch accounts. */
export async function forParty<Done>(viewer: Viewer, partyId: string, work: (tx: Transaction, party: Party) => Promise<Done>): Promise<Done> {
  assertMayChange(viewer)
  const party = await partyInSight(viewer, partyId)
  return asSystem("invite", (tx) => work(tx, party))
}

/** A person or client as its employer or office sees it, with the address that payroll knows. NotFound out of sight; Forbidden for an employee. */
export async function partyInSight(viewer: Viewer, partyId: string): Promise<Party> {
  if (viewer.kind === "employee") throw new Forbidden()
  return asViewer(viewer, async (tx): Promise<Party> => {
    const person = await findPerson(tx, partyId)
    if (person) return { partyId, kind: "employee", email: person.contactEmail, hasProof: person.birthDate !== null }
    if (viewer.kind !== "office") throw new NotFound()
    const { email, wageTaxNumber } = await servedEmployer(tx, viewer, partyId)
    return { partyId, kind: "employer", email, hasProof: wageTaxNumber !== "" }
  })
}

/** The address that payroll has now: it may have been changed since the viewer saw it. */
async function addressOf(tx: Transaction, { partyId, kind }: Pick<Party, "partyId" | "kind">): Promise<string | null> {
  return kind === "employee" ? ((await findPerson(tx, partyId))?.contactEmail ?? null) : (await findEmployerById(tx, partyId)).email
}

/** Records what a viewer did about the access of a party, in the party's chain. */
export async function note(tx: Transaction, { accountId, partyId }: Viewer, kind: EventKind, subjectId: string): Promise<void> {
  await recordEvents(tx, [{ chainId: subjectId, kind, accountId, partyId, subjectId }])
}
