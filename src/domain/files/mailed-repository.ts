import type { Transaction } from "#platform/database.ts"

/** A payslip of this owner that its owner sees now, and where its bytes are. As the system only. */
export async function findPayslipToMail(tx: Transaction, { fileId, ownerId }: { fileId: string; ownerId: string }): Promise<{ dossierId: string; storageKey: string; senderId: string } | null> {
  const [row] = await tx.$queryRaw<{ dossierId: string; storageKey: string; senderId: string }[]>`
    select f.dossier_id as "dossierId", f.storage_key as "storageKey", f.sender_id as "senderId"
    from dossier_file f join dossier d on d.id = f.dossier_id and d.owner_id = ${ownerId}::uuid
    where f.id = ${fileId}::uuid and f.kind = 'payslip' and f.origin = 'payroll' and f.media_type = 'application/pdf' and f.replaced_at is null and f.binned_at is null
      and exists (select from file_grant g where g.file_id = f.id and g.audience_id = d.owner_id and g.starts_at <= now() and (g.ends_at is null or g.ends_at > now()) and g.ended_at is null)`
  return row ?? null
}

/** Keeps when a copy of a file went by mail. Returns its dossier, or null when one went before. As the system only. */
export async function markMailed(tx: Transaction, fileId: string, at: Date): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ dossierId: string }[]>`update dossier_file set mailed_at = ${at}::timestamptz where id = ${fileId}::uuid and mailed_at is null returning dossier_id as "dossierId"`
  return row?.dossierId ?? null
}
