import type { Transaction } from "#platform/database.ts"
import { recordEvents } from "../audit/record-event.ts"
import { lockDossiers, replaceEarlierRows } from "./recall-repository.ts"

/** Lets nobody else place a next version in these dossiers until the transaction ends. */
export async function holdDossiers(tx: Transaction, dossierIds: readonly string[]): Promise<void> {
  await lockDossiers(tx, [...new Set(dossierIds)])
}

/** What a delivery placed with people for a second time, of one kind and period, takes the place of what the same sender sent before; recorded with it. */
export async function replaceEarlier(tx: Transaction, { deliveryId, ...by }: { deliveryId: string; accountId: string; partyId: string }, now: Date): Promise<void> {
  const replaced = await replaceEarlierRows(tx, deliveryId, now)
  await recordEvents(tx, replaced.map(({ oldId, dossierId }) => ({ ...by, chainId: dossierId, kind: "file.replaced", subjectId: oldId })))
}
