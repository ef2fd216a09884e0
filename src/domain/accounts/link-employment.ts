import { asSystem, asSystemOnce, type Transaction } from "#platform/database.ts"
import { hashSecret } from "#platform/secrets.ts"
import { Conflict, Forbidden, NotFound, Refusal } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { assertMayChooseFirst, noteInvitationUsed } from "../invitations/first-password.ts"
import { endWaiting } from "../second-steps/end-waiting.ts"
import { hasSecondStep } from "../second-steps/has-second-step.ts"
import { requireSecondStep } from "../second-steps/require-second-step.ts"
import { endSessionsOf } from "../sessions/end-sessions-of.ts"
import { renewSession } from "../sessions/renew-session.ts"
import { findAccountHolder, type AccountHolder } from "./account-repository.ts"
import { addRole } from "./add-role.ts"
import { addressesOf } from "./addresses-of.ts"
import { endRoleOf } from "./end-role.ts"
import { holdAccount } from "./hold-account.ts"
import { holdParties } from "./hold-parties.ts"
import { linkAddressesOf } from "./link-addresses.ts"
import { findPasswordLink, usePasswordLink, type PasswordLinkRow } from "./link-repository.ts"
import { passwordLinkState } from "./link-state.ts"
import { proveHolder, refusalOf, type TriesLeft } from "./prove-holder.ts"
import { deleteProvenAddresses } from "./proven-address-repository.ts"
import { roleOf } from "./role-of.ts"
import { findRoles } from "./role-repository.ts"
import { tellOfChange } from "./tell-of-change.ts"
import { checkFor, type IdentityCheck } from "./view-password-link.ts"

/** What can be done with the link of a mail from inside another account, and where links for a password of that account go from then on; `code` says why nothing. */
export type EmploymentLinkView = { state: "open"; check: IdentityCheck; linksGoTo: string[] } | { state: "closed"; code: string }

/** The link of an employment that can be added to the viewer's account, and the empty account that was made for it. */
type Linkable = { link: PasswordLinkRow; holder: AccountHolder; own: AccountHolder; party: AccountHolder["parties"][number] }

/** Whether the viewer's account can get an employment more: that of an office, or of somebody who works for one or for an employer, cannot. */
export async function mayLinkEmployment({ accountId }: Viewer): Promise<boolean> {
  const own = await findAccountHolder(asSystemOnce("password-link"), { id: accountId })
  return own !== null && isOfPerson(own)
}

/** What a link can do for the viewer. Looking uses nothing up, and tells no name. */
export async function viewEmploymentLink(viewer: Viewer, input: { token: string }, now: Date): Promise<EmploymentLinkView> {
  return asSystem("password-link", async (tx): Promise<EmploymentLinkView> => {
    const { holder, own } = await findLinkable(tx, viewer, input.token, now)
    await assertMayChooseFirst(tx, holder.id)
    const check = checkFor(holder)
    if (check === "missing") return { state: "closed", code: "proof-missing" }
    return { state: "open", check, linksGoTo: await linkAddressesOf(tx, { ...own, roles: own.roles + 1 }) }
  }).catch((error: unknown): EmploymentLinkView => {
    if (error instanceof Refusal) return { state: "closed", code: error.code }
    throw error
  })
}

/**
 * Adds the employment (a director: the employer) that a link was mailed for to the viewer's own account, after the date of birth or wage tax number: five tries,
 * the same as for a first password. The account that was made for it ends, and its username is nobody's. Whoever is inside elsewhere signs in anew. Returns
 * the new secret of the session.
 * NotFound for an unknown link; Conflict for one that is used, over, of an account with a password, of somebody else, or of a party that the account acts for
 * already, and when the invitation was withdrawn or the access blocked. Two at once: one gets it.
 */
export async function linkEmployment(viewer: Viewer, input: { token: string; proof: string | null }, now: Date): Promise<string> {
  const { accountId } = viewer
  const outcome = await asSystem("password-link", async (tx): Promise<TriesLeft | string> => {
    const seen = await findLinkable(tx, viewer, input.token, now)
    await holdParties(tx, [seen.party.id])
    for (const id of [accountId, seen.holder.id].toSorted()) await holdAccount(tx, id)
    const { link, holder, own, party } = await findLinkable(tx, viewer, input.token, now, true)
    await assertMayChooseFirst(tx, holder.id)
    if (!(await roleOf(tx, viewer))) throw new Conflict("signed-out")
    if (checkFor(holder) === "missing") throw new Conflict("proof-missing")
    const left = await proveHolder(tx, { link, holder, proof: input.proof })
    if (left) return left
    if (isOtherPerson(own, party)) throw new Conflict("link-other-person")
    const secret = await renewSession(tx, viewer)
    await endSessionsOf(tx, { accountId, except: viewer.sessionId }, now)
    await endWaiting(tx, accountId)
    await usePasswordLink(tx, link, now)
    await noteInvitationUsed(tx, holder.id, now)
    await endRoleOf(tx, { accountId: holder.id, partyId: party.id }, now)
    if (own.roles === 1) await deleteProvenAddresses(tx, accountId, { but: addressesOf(own) })
    await addRole(tx, { accountId, partyId: party.id }, now)
    if (party.kind === "employer") await requireSecondStep(tx, accountId)
    const by = { accountId, partyId: party.id }
    await recordEvents(tx, [
      { chainId: holder.id, kind: "account.ended", ...by, subjectId: holder.id },
      { chainId: accountId, kind: "account.role-added", ...by, subjectId: party.id },
      { chainId: party.id, kind: "access.linked", ...by, subjectId: party.id },
    ])
    await tellOfChange(tx, accountId, "role-added", now)
    return secret
  })
  if (typeof outcome === "string") return outcome
  throw refusalOf(outcome)
}

/** The link, its account and its party, held when `hold` is set; refuses whatever cannot be linked. */
async function findLinkable(tx: Transaction, { accountId }: Viewer, token: string, now: Date, hold = false): Promise<Linkable> {
  const own = await findAccountHolder(tx, { id: accountId })
  if (!own || !isOfPerson(own)) throw new Forbidden("linking-not-here")
  const link = await findPasswordLink(tx, hashSecret(token), hold)
  const holder = link && (await findAccountHolder(tx, { id: link.accountId }))
  if (!link || !holder) throw new NotFound("link-unknown")
  if (holder.hasPassword || (await hasSecondStep(tx, holder.id))) throw new Conflict("link-of-account")
  const [role, ...more] = await findRoles(tx, holder.id)
  if (role?.isBlocked || holder.blocked) throw new Conflict("link-blocked")
  const state = await passwordLinkState(tx, link, holder, now)
  if (state !== "open") throw new Conflict(`link-${state}`)
  if (!role) throw new Conflict("link-ended")
  const party = holder.parties.find(({ id }) => id === role.partyId)
  if (!party || more.length > 0 || !isOfPerson(holder)) throw new Conflict("link-no-employment")
  if ((await findRoles(tx, accountId)).some(({ partyId }) => partyId === party.id)) throw new Conflict("role-held")
  return { link, holder, own, party }
}

/** Not an office's own account, nor one that an owner gave to somebody who works for a party. */
function isOfPerson({ email, parties }: AccountHolder): boolean {
  return email === null && parties.every(({ kind }) => kind !== "office")
}

/** Whether payroll knows another date of birth for who holds the account than for the new employment: one account is of one person. */
function isOtherPerson({ parties }: AccountHolder, { birthDate }: AccountHolder["parties"][number]): boolean {
  const known = parties.flatMap((party) => party.birthDate ?? [])
  return birthDate !== null && known.length > 0 && !known.includes(birthDate)
}
