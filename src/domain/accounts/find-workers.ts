import type { Transaction } from "#platform/database.ts"
import { findWorkerRoles } from "./role-repository.ts"

/** Somebody who may change something for a party, and where that person is mailed. */
export type Worker = { accountId: string; email: string }

/**
 * Who works for an office or employer, may change something there and is not blocked; of an office those who have this client. `partyEmail` is where
 * the party's own account is mailed; who has no address at all is left out, and each address is there once. `onlyOwners`: not its members. As the system.
 */
export async function findWorkers(tx: Transaction, party: { partyId: string; partyEmail: string | null; employerId: string; onlyOwners?: true }): Promise<Worker[]> {
  const roles = await findWorkerRoles(tx, party.partyId, party.employerId, party.onlyOwners ? ["owner"] : ["owner", "member"])
  const workers = roles.flatMap(({ accountId, email }) => ((email ?? party.partyEmail) ? [{ accountId, email: email ?? party.partyEmail ?? "" }] : []))
  return [...new Map(workers.map((worker) => [worker.email.toLowerCase(), worker])).values()]
}
