import type { Transaction } from "#platform/database.ts"
import { NotFound } from "#policy/errors.ts"
import { findDossierKey, findRecipients, type DossierRecipient } from "./dossier-repository.ts"

/** The wrapped key to read a dossier's files with. NotFound when the viewer cannot see the dossier nor a file in it, or its key was destroyed. */
export async function keyToRead(tx: Transaction, dossierId: string): Promise<{ dossierId: string; wrappedIdentity: Uint8Array }> {
  const key = await findDossierKey(tx, dossierId)
  if (!key) throw new NotFound()
  return key
}

/** Where to write for each of these parties: dossier and public key. NotFound when one of them has none in sight. */
export async function keysToWrite(tx: Transaction, ownerIds: readonly string[]): Promise<Map<string, DossierRecipient>> {
  const known = await findRecipients(tx, ownerIds)
  if (ownerIds.some((id) => !known.has(id))) throw new NotFound()
  return known
}
