import type { Transaction } from "#platform/database.ts"

/** Which of these files the viewer sees. */
export async function findFilesInSight(tx: Transaction, fileIds: readonly string[]): Promise<string[]> {
  const rows = await tx.dossierFile.findMany({ where: { id: { in: [...fileIds] } }, select: { id: true } })
  return rows.map((row) => row.id)
}

/** Takes an account's read marks away. */
export async function deleteReads(tx: Transaction, accountId: string, fileIds: readonly string[]): Promise<void> {
  await tx.fileRead.deleteMany({ where: { accountId, fileId: { in: [...fileIds] } } })
}
