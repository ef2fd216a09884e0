import type { Transaction } from "#platform/database.ts"
import { findOfficeRow } from "./office-repository.ts"

/** The office with this client number, spaces around it aside; null when there is none. Whoever may see it: as the system only. */
export async function findOfficeByNumber(tx: Transaction, clientNumber: string): Promise<{ id: string; name: string } | null> {
  return findOfficeRow(tx, clientNumber.trim())
}
