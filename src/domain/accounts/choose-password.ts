import { asSystem, asSystemOnce } from "#platform/database.ts"
import { hashPassword } from "#platform/passwords.ts"
import { hashSecret } from "#platform/secrets.ts"
import { Conflict, Invalid, NotFound } from "#policy/errors.ts"
import { recordEvents } from "../audit/record-event.ts"
import { assertMayChooseFirst, noteInvitationUsed } from "../invitations/first-password.ts"
import { beginSignIn, type Entered } from "../second-steps/begin-sign-in.ts"
import { endWaiting } from "../second-steps/end-waiting.ts"
import { hasSecondStep } from "../second-steps/has-second-step.ts"
import { endSessionsOf } from "../sessions/end-sessions-of.ts"
import { forgetBrowsers } from "../sessions/seen-device.ts"
import { findAccountHolder, findTakenUsernames, markActive, updateCredentials } from "./account-repository.ts"
import { assertGoodPassword } from "./assert-good-password.ts"
import { countTakenUsernames } from "./count-taken-usernames.ts"
import { holdAccount } from "./hold-account.ts"
import { findPasswordLink, usePasswordLink } from "./link-repository.ts"
import { passwordLinkState, stateOf } from "./link-state.ts"
import { proveHolder, refusalOf } from "./prove-holder.ts"
import { deleteProvenAddresses, insertProvenAddress } from "./proven-address-repository.ts"
import { tellOfChange } from "./tell-of-change.ts"
import { deleteFormerUsernames, holdUsername } from "./username-repository.ts"
import { normaliseUsername } from "./username.ts"
import { checkFor, hasFixedUsername } from "./view-password-link.ts"

/** `proof` is the date of birth (YYYY-MM-DD) or the wage tax number, where the link asks for it. */
export type ChoosePasswordInput = { token: string; proof: string | null; username: string; password: string; device: string | null }

/**
 * Uses a one-time link: sets username and password, ends the account's other sessions, forgets the browsers it knew, and goes on as after a right password: a new session, or a
 * sign-in that waits for the second step.
 * Its holder has shown to read where it was mailed, and of an account for one party nowhere else: before, its employer may have been inside. Nothing waits
 * behind the old password any more, and its holder is told by mail.
 * A wrong date of birth or wage tax number costs one of five tries; nothing else uses the link up. Two at once: one wins;
 * a hundred guesses at once are five tries too.
 */
export async function choosePassword(input: ChoosePasswordInput, now: Date): Promise<Entered> {
  const tokenHash = hashSecret(input.token)
  const system = asSystemOnce("password-link")
  const link = await findPasswordLink(system, tokenHash)
  const holder = link ? await findAccountHolder(system, { id: link.accountId }) : null
  const state = await passwordLinkState(system, link, holder, now)
  if (!link || !holder || holder.blocked || state === "unknown") throw new NotFound("link-unknown")
  if (state !== "open") throw new Conflict(`link-${state}`)
  if (checkFor(holder) === "missing") throw new Conflict("proof-missing")
  const left = await asSystem("password-link", async (tx) => {
    const held = await findPasswordLink(tx, tokenHash, true)
    if (!held || stateOf(held, now) !== "open") throw new Conflict(`link-${stateOf(held, now)}`)
    if (!holder.hasPassword) await assertMayChooseFirst(tx, holder.id)
    return proveHolder(tx, { link: held, holder, proof: input.proof })
  })
  if (left) throw refusalOf(left)
  const username = normaliseUsername(input.username)
  if (!username) throw new Invalid("username-invalid", { field: "username" })
  await assertGoodPassword(input.password, { holder, username, hasSecondStep: await hasSecondStep(system, holder.id) })
  const passwordHash = await hashPassword(input.password)

  return countTakenUsernames(holder.id, now, () => asSystem("password-link", async (tx) => {
    await holdAccount(tx, holder.id)
    await holdUsername(tx, username)
    const held = await findPasswordLink(tx, tokenHash, true)
    const current = await findAccountHolder(tx, { id: holder.id })
    const stands = await passwordLinkState(tx, held, current, now)
    if (stands !== "open") throw new Conflict(`link-${stands}`)
    if (!holder.hasPassword) await assertMayChooseFirst(tx, holder.id)
    const first = holder.parties[0]
    if (!first) throw new NotFound("link-unknown")
    if (username !== holder.username && (await findTakenUsernames(tx, [username])).size > 0) {
      throw new Conflict("username-taken", { field: "username" })
    }
    await updateCredentials(tx, holder.id, hasFixedUsername(holder) ? holder.username : username, passwordHash)
    await usePasswordLink(tx, link, now)
    if (current?.roles === 1) await deleteProvenAddresses(tx, holder.id)
    if (link.address) await insertProvenAddress(tx, { accountId: holder.id, address: link.address, provenAt: now })
    if (!holder.hasPassword) {
      await noteInvitationUsed(tx, holder.id, now)
      await deleteFormerUsernames(tx, holder.id)
    }
    await endSessionsOf(tx, { accountId: holder.id }, now)
    await endWaiting(tx, holder.id)
    if (holder.hasPassword) {
      await forgetBrowsers(tx, holder.id)
      await tellOfChange(tx, holder.id, "password-changed", now)
    }
    await markActive(tx, holder.parties.map((party) => party.id), now)
    await recordEvents(tx, [{ chainId: holder.id, kind: "account.password-chosen", accountId: holder.id, partyId: first.id, subjectId: link.id }])
    return beginSignIn(tx, { accountId: holder.id, partyId: first.id, kind: first.kind, device: input.device }, now)
  }))
}
