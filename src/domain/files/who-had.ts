import type { Transaction } from "#platform/database.ts"
import { findPlacedWith, findWithdrawnFrom } from "./recall-repository.ts"

/** A party that a recall is about; `isOverviews`: those of an employer who see its series overviews alone. */
export type PartyWithFile = { partyId: string; isOverviews: boolean }

/** Who had a file when it was withdrawn, or with whom a new version was placed: never its sender. As the system only. */
export async function whoHad(tx: Transaction, fileId: string, what: "file-withdrawn" | "file-replaced"): Promise<PartyWithFile[]> {
  return what === "file-withdrawn" ? findWithdrawnFrom(tx, fileId) : findPlacedWith(tx, fileId)
}
