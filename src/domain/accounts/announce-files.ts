import type { Transaction } from "#platform/database.ts"
import { queueMails } from "../mails/queue-mails.ts"
import { markWelcomed, markWelcomeDue } from "../parties/mark-welcomed.ts"
import { peopleToTell, type PartyToTell } from "../parties/people-to-tell.ts"
import { findAccountsOf } from "./account-repository.ts"
import { partiesTakenAway } from "./end-role.ts"
import { holdParties } from "./hold-parties.ts"
import { findMuted } from "./preference-repository.ts"
import { welcomeParties } from "./welcome-parties.ts"

export type FilesToAnnounce = { deliveryId: string; employees: { partyId: string; mayWelcome: boolean }[]; employer: string | null; hasOverview: boolean }

/**
 * Tells the receivers of a delivery, once each: who has no account yet gets one and the welcome mail, who has one hears that something new is there.
 * Who switched that mail off hears nothing; a welcome is never switched off. Whose access was taken away is not welcomed by itself.
 * Who sees of the employer the overviews alone hears of a delivery with one (`hasOverview`).
 * Nobody without an e-mail address in payroll is told; the welcome waits for the first delivery after it is known. Who has nothing to prove to be the one who
 * is meant (a date of birth) is welcomed when that is known, by an import or a delivery.
 */
export async function announceFiles(tx: Transaction, what: FilesToAnnounce, now: Date): Promise<void> {
  const parties = await peopleToTell(tx, what.employees.map((one) => one.partyId), what.employer)
  await holdParties(tx, parties.map((party) => party.partyId))
  const accounts = await findAccountsOf(tx, parties.map((party) => party.partyId))
  const mayWelcome = new Set([what.employer, ...what.employees.flatMap((one) => (one.mayWelcome ? one.partyId : []))])
  const takenAway = await partiesTakenAway(tx, parties.map((party) => party.partyId))
  const isNew = (party: PartyToTell) => !accounts.has(party.partyId) && !takenAway.has(party.partyId)
  const toWelcome = parties.filter((party) => isNew(party) && mayWelcome.has(party.partyId))
  const fresh = toWelcome.filter((party) => party.hasProof)
  await welcomeParties(tx, fresh, { deliveryId: what.deliveryId }, now)
  await markWelcomed(tx, fresh.map((party) => party.partyId), now)
  await markWelcomeDue(tx, toWelcome.flatMap((party) => (party.kind === "employee" && !party.hasProof ? [party.partyId] : [])), now)
  const muted = await findMuted(tx, [...accounts.values()].flat().map((account) => account.accountId))
  const mails = parties.flatMap((party) =>
    (accounts.get(party.partyId) ?? []).filter((one) => (one.seesParty || what.hasOverview) && !one.isBlocked && !muted.has(one.accountId)).map(({ accountId, email }) => ({ kind: "new-files" as const, accountId, toAddress: email ?? party.email, partyId: party.partyId, deliveryId: what.deliveryId })),
  )
  await queueMails(tx, mails, now)
}
