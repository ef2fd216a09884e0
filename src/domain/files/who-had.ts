import type { Transaction } from "#platform/database.ts"
import { findPlacedWith, findWithdrawnFrom } from "./recall-repository.ts"

/** A party that a recall is about; `isOverviews`: those of an employer who see its series overviews alone. */
export type PartyWithFile = { partyId: string; isOverviews: boolean }

/** A file that was withdrawn or placed anew, or a delivery that was withdrawn at once. */
export type Recalled = { fileId: string; what: "file-withdrawn" | "file-replaced" } | { deliveryId: string; what: "file-withdrawn" }

/** Who had what was withdrawn, or with whom a new version was placed: never its sender. As the system only. */
export async function whoHad(tx: Transaction, recalled: Recalled): Promise<PartyWithFile[]> {
  return recalled.what === "file-withdrawn" ? findWithdrawnFrom(tx, recalled) : findPlacedWith(tx, recalled.fileId)
}
