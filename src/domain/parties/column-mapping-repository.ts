import type { Transaction } from "#platform/database.ts"

/** How the columns of a list with these headings (a keyed hash) are read; "" for a column that is passed over. */
export type ColumnMappingRow = { headings: Uint8Array<ArrayBuffer>; fields: string[] }

/** More kinds of lists than any employer has. */
const mostKept = 20

/** The columns of an employer's lists, the newest first. */
export async function findColumnMappings(tx: Transaction, employerId: string): Promise<ColumnMappingRow[]> {
  return tx.columnMapping.findMany({ where: { employerId }, select: { headings: true, fields: true }, orderBy: { changedAt: "desc" }, take: mostKept })
}

/** Remembers how a list was read, in the place of what was known of one with the same headings; the oldest of many is forgotten. */
export async function keepColumnMapping(tx: Transaction, mapping: ColumnMappingRow & { id: string; employerId: string; changedAt: Date }): Promise<void> {
  const { id, employerId, headings, fields, changedAt } = mapping
  await tx.columnMapping.upsert({
    where: { employerId_headings: { employerId, headings } },
    create: { id, employerId, headings, fields, changedAt },
    update: { fields, changedAt },
  })
  const old = await tx.columnMapping.findMany({ where: { employerId }, select: { id: true }, orderBy: { changedAt: "desc" }, skip: mostKept })
  if (old.length > 0) await tx.columnMapping.deleteMany({ where: { id: { in: old.map((row) => row.id) } } })
}
