import { Conflict } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { endLinksOf } from "../accounts/end-links.ts"
import { countRoles, takeRole } from "../accounts/end-role.ts"
import { holdAccount } from "../accounts/hold-account.ts"
import { tellOfChange } from "../accounts/tell-of-change.ts"
import { forgetSecondSteps } from "../second-steps/forget-second-steps.ts"
import { hasSecondStep } from "../second-steps/has-second-step.ts"
import { requireSecondStep } from "../second-steps/require-second-step.ts"
import { endSessionsOf } from "../sessions/end-sessions-of.ts"
import { forParty, note } from "./change-access.ts"
import { closeInvitation, holdNewestInvitation, holdOwnRole } from "./invitation-repository.ts"

/**
 * Takes the login of a person or client away, by its employer or office: the role ends, with its sessions, links and invitation; dossier and files stay, and so
 * do the other roles of the account. Whoever is to come in again is invited anew, with a new account. Told by mail to who was inside. NotFound out of sight;
 * Conflict when there is no account.
 */
export async function takeAccess(viewer: Viewer, input: { partyId: string }, now: Date): Promise<void> {
  await forParty(viewer, input.partyId, async (tx, { partyId, email }) => {
    const role = await holdOwnRole(tx, partyId)
    if (!role) throw new Conflict("access-none")
    const { accountId } = role
    await holdAccount(tx, accountId)
    if (role.hasPassword) await tellOfChange(tx, accountId, "access-taken", now, { alsoTo: email === null ? [] : [email] })
    await takeRole(tx, { accountId, partyId }, now)
    const invitation = await holdNewestInvitation(tx, accountId)
    if (invitation?.partyId === partyId && !invitation.usedAt && !invitation.withdrawnAt) await closeInvitation(tx, invitation.id, { withdrawnAt: now })
    await note(tx, viewer, "access.taken", partyId)
  })
}

/**
 * Lets a person or client set up a second step anew, who lost app, keys and codes, by its employer or office: what there was is forgotten, and sessions, links
 * and sign-ins that wait end. The password stays. Told by mail. Conflict when there is nothing to forget, when blocked, and for an account that acts for more
 * parties: one of them may not weaken what stands before the papers of another.
 */
export async function resetSecondStep(viewer: Viewer, input: { partyId: string }, now: Date): Promise<void> {
  await forParty(viewer, input.partyId, async (tx, { partyId }) => {
    const role = await holdOwnRole(tx, partyId)
    if (!role?.hasPassword) throw new Conflict("access-none")
    if (role.blockedAt) throw new Conflict("access-blocked")
    const { accountId } = role
    await holdAccount(tx, accountId)
    if ((await countRoles(tx, accountId)) > 1) throw new Conflict("second-step-more-parties")
    if (!(await hasSecondStep(tx, accountId))) throw new Conflict("second-step-none")
    await forgetSecondSteps(tx, accountId)
    await requireSecondStep(tx, accountId)
    await endSessionsOf(tx, { accountId }, now)
    await endLinksOf(tx, accountId, now)
    await tellOfChange(tx, accountId, "second-step-reset", now)
    await note(tx, viewer, "access.second-step-reset", partyId)
  })
}
