import type { Reader } from "#platform/database.ts"
import { findNewestYear } from "./year-repository.ts"

/** The newest year of which a party's dossier holds a payroll file, or null. */
export async function newestYear(reader: Reader, ownerId: string): Promise<number | null> {
  return findNewestYear(reader, ownerId)
}
