import type { Transaction } from "#platform/database.ts"

export type DossierToOpen = { id: string; ownerId: string; employerId: string | null; recipient: string; wrappedIdentity: Uint8Array<ArrayBuffer> }

/** Adds dossiers with their keys: one statement per table. */
export async function insertDossiers(tx: Transaction, dossiers: readonly DossierToOpen[]): Promise<void> {
  const rows = JSON.stringify(dossiers.map(({ wrappedIdentity, ...rest }) => ({ ...rest, wrapped: Buffer.from(wrappedIdentity).toString("hex") })))
  await tx.$executeRaw`
    insert into dossier (id, owner_id, employer_id)
    select id, "ownerId", "employerId" from jsonb_to_recordset(${rows}::jsonb) as r (id uuid, "ownerId" uuid, "employerId" uuid)`
  await tx.$executeRaw`
    insert into dossier_key (dossier_id, recipient, wrapped_identity)
    select id, recipient, decode(wrapped, 'hex') from jsonb_to_recordset(${rows}::jsonb) as r (id uuid, recipient text, wrapped text)`
}

export type DossierRecipient = { dossierId: string; ownerId: string; recipient: string }

/** For each of these parties, its dossier and the public key to write into it. */
export async function findRecipients(tx: Transaction, ownerIds: readonly string[]): Promise<Map<string, DossierRecipient>> {
  const rows = await tx.dossier.findMany({
    where: { ownerId: { in: [...ownerIds] } },
    select: { id: true, ownerId: true, key: { select: { recipient: true } } },
  })
  return new Map(
    rows.flatMap((row) => (row.key ? [[row.ownerId, { dossierId: row.id, ownerId: row.ownerId, recipient: row.key.recipient }] as const] : [])),
  )
}

/** The wrapped key to read a dossier with, if the viewer may. */
export async function findDossierKey(tx: Transaction, dossierId: string): Promise<{ dossierId: string; wrappedIdentity: Uint8Array } | null> {
  return tx.dossierKey.findUnique({ where: { dossierId }, select: { dossierId: true, wrappedIdentity: true } })
}
