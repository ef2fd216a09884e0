import type { Transaction } from "#platform/database.ts"

/** The name of the file by which the portal knows its place for files; null as long as none was put there. As the system. */
export async function findMark(tx: Transaction): Promise<string | null> {
  return (await tx.storageMark.findUnique({ where: { place: "files" }, select: { id: true } }))?.id ?? null
}

/** Keeps the name of that file. The one that is there already stays. As the system. */
export async function insertMark(tx: Transaction, id: string, now: Date): Promise<void> {
  await tx.storageMark.createMany({ data: [{ id, markedAt: now }], skipDuplicates: true })
}
