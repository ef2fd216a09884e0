import type { Transaction } from "#platform/database.ts"
import { findOfficeRow } from "./office-repository.ts"
import { findOffice, type OfficeData } from "./party-repository.ts"

/** The office with this client number, spaces around it aside; null when there is none. Whoever may see it: as the system only. */
export async function findOfficeByNumber(tx: Transaction, clientNumber: string): Promise<{ id: string; name: string } | null> {
  return findOfficeRow(tx, clientNumber.trim())
}

/** An office in sight of this transaction, or null. */
export async function findOfficeById(tx: Transaction, officeId: string): Promise<OfficeData | null> {
  return findOffice(tx, officeId)
}
