import { inBatches } from "#platform/batches.ts"
import { asSystem, asViewer, type Transaction } from "#platform/database.ts"
import { Forbidden } from "#policy/errors.ts"
import { dayOf } from "#policy/last-day.ts"
import { assertMayChange } from "#policy/may-change.ts"
import type { Viewer } from "#policy/viewer.ts"
import { holdParties } from "../accounts/hold-parties.ts"
import { welcomeParties } from "../accounts/welcome-parties.ts"
import { recordEvents } from "../audit/record-event.ts"
import { holdPeopleOf } from "../parties/hold-people-of.ts"
import { markWelcomed } from "../parties/mark-welcomed.ts"
import { servedEmployer } from "../parties/served-employer.ts"
import { findClientsToInvite, findPeopleDue, findPeopleToInvite, findStillToInvite, type Moment } from "./bulk-repository.ts"
import { inviteAccounts } from "./invite-accounts.ts"

const atOnce = 1000

/** By whom, and for which party. */
type Doer = { accountId: string; partyId: string }

/**
 * Invites everybody who works for an employer and was not invited yet, or whose invitation is over: with an address and a date of
 * birth in payroll, and no last day behind them. Who is inside, blocked, withdrawn by hand, still invited, or cannot be mailed stays as it is; twice, or two at once, sends one
 * mail each. Returns how many were invited. NotFound out of sight; Forbidden for an employee or a reader.
 */
export async function inviteAllPeople(viewer: Viewer, input: { employerId: string }, now: Date): Promise<number> {
  assertMayChange(viewer)
  const moment = { now, today: dayOf(now) }
  const { employerId, partyIds } = await asViewer(viewer, async (tx) => {
    const { id } = await servedEmployer(tx, viewer, input.employerId)
    return { employerId: id, partyIds: await findPeopleToInvite(tx, id, moment) }
  })
  return asSystem("invite", async (tx) => {
    await holdPeopleOf(tx, employerId)
    return inviteEach(tx, viewer, partyIds, moment)
  })
}

/** As inviteAllPeople, for the clients that the viewer has at its office. Forbidden for anybody but an office, and for a reader. */
export async function inviteAllClients(viewer: Viewer, now: Date): Promise<number> {
  if (viewer.kind !== "office") throw new Forbidden()
  assertMayChange(viewer)
  const moment = { now, today: dayOf(now) }
  const partyIds = await asViewer(viewer, (tx) => findClientsToInvite(tx, viewer.partyId, moment))
  return asSystem("invite", (tx) => inviteEach(tx, viewer, partyIds, moment))
}

/** Welcomes those of an employer's people whose first payslip came before anything was known to prove, when an import brought it; it holds the employer. Twice is once. */
export async function welcomeDue(tx: Transaction, employerId: string, by: Doer, now: Date): Promise<number> {
  const moment = { now, today: dayOf(now) }
  return inviteEach(tx, by, await findPeopleDue(tx, employerId, moment), moment)
}

/** A thousand at a time: a few statements each, however many there are. */
async function inviteEach(tx: Transaction, { accountId, partyId: byPartyId }: Doer, partyIds: readonly string[], moment: Moment): Promise<number> {
  let invited = 0
  for await (const batch of inBatches(partyIds, atOnce)) {
    await holdParties(tx, batch)
    const found = await findStillToInvite(tx, batch, moment)
    const known = found.flatMap(({ accountId: own, ...party }) => (own ? [{ ...party, accountId: own }] : []))
    await welcomeParties(tx, found.filter((party) => party.accountId === null), { accountId }, moment.now)
    await inviteAccounts(tx, known, { accountId }, moment.now)
    await markWelcomed(tx, found.map(({ partyId }) => partyId), moment.now)
    await recordEvents(tx, found.map(({ partyId }) => ({ chainId: partyId, kind: "invitation.sent" as const, accountId, partyId: byPartyId, subjectId: partyId })))
    invited += found.length
  }
  return invited
}
