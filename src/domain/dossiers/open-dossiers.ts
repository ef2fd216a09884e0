import { newDossierKey } from "#platform/age-files.ts"
import type { Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { insertDossiers } from "./dossier-repository.ts"

/** Opens a dossier, with a key pair of its own, for each of these new parties. `employerId` is null only for an office. */
export async function openDossiers(tx: Transaction, owners: readonly { ownerId: string; employerId: string | null }[]): Promise<void> {
  const dossiers = await Promise.all(
    owners.map(async (owner) => {
      const id = newId()
      return { id, ...owner, ...(await newDossierKey(id)) }
    }),
  )
  await insertDossiers(tx, dossiers)
}
