import type { Transaction } from "#platform/database.ts"
import { recordEvents } from "../audit/record-event.ts"
import { markMailed } from "./mailed-repository.ts"

/** Keeps with a file, and in its dossier's chain, that a copy went to its owner by mail. The first time only. As the system. */
export async function noteMailed(tx: Transaction, { fileId, employeeId }: { fileId: string; employeeId: string }, now: Date): Promise<void> {
  const dossierId = await markMailed(tx, fileId, now)
  if (dossierId) await recordEvents(tx, [{ chainId: dossierId, kind: "file.mailed", partyId: employeeId, subjectId: fileId }])
}
