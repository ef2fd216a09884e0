import type { Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { openDossiers } from "../dossiers/open-dossiers.ts"
import { insertOffice, type OfficeData } from "./party-repository.ts"

/** Registers an office with a dossier of its own; returns its id. For the operator: nobody else makes an office. */
export async function registerOffice(tx: Transaction, input: Omit<OfficeData, "id">): Promise<string> {
  const id = newId()
  await insertOffice(tx, { ...input, id })
  await openDossiers(tx, [{ ownerId: id, employerId: null }])
  return id
}
