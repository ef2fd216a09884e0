import type { Transaction } from "#platform/database.ts"

/** The office with this client number, whoever may see it. As the system only. */
export async function findOfficeRow(tx: Transaction, clientNumber: string): Promise<{ id: string; name: string } | null> {
  return tx.office.findUnique({ where: { clientNumber }, select: { id: true, name: true } })
}

/** Ends an engagement: its office sees nothing of the employer from then on. */
export async function endEngagement(tx: Transaction, id: string, now: Date): Promise<void> {
  await tx.engagement.updateMany({ where: { id, endedAt: null }, data: { endedAt: now } })
}
