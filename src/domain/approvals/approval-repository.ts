import type { Transaction } from "#platform/database.ts"

export type Answer = "approved" | "refused" | "withdrawn"

export type RoundRow = {
  id: string
  deliveryId: string
  employerId: string
  audienceId: string
  number: number
  content: Uint8Array<ArrayBuffer>
  publishAt: Date | null
  laidAt: Date
  answer: Answer | null
  answeredAt: Date | null
}

export type EntryKind = "laid" | "note" | Answer

export type EntryRow = { id: string; roundId: string; kind: EntryKind; accountId: string; partyId: string; name: string; comment: string | null; at: Date }

const columns = { id: true, deliveryId: true, employerId: true, audienceId: true, number: true, content: true, publishAt: true, laidAt: true, answer: true, answeredAt: true } as const

/** One round, as far as the viewer of this transaction may know of it. */
export async function findRound(tx: Transaction, id: string): Promise<RoundRow | null> {
  const row = await tx.approvalRound.findUnique({ where: { id }, select: columns })
  return row ? toRound(row) : null
}

/** The newest round of a delivery. */
export async function findLastRound(tx: Transaction, deliveryId: string): Promise<RoundRow | null> {
  const row = await tx.approvalRound.findFirst({ where: { deliveryId }, orderBy: { number: "desc" }, select: columns })
  return row ? toRound(row) : null
}

/** All rounds of a delivery with what was said in each, the first one first. */
export async function findHistory(tx: Transaction, deliveryId: string): Promise<(RoundRow & { entries: EntryRow[] })[]> {
  const rows = await tx.approvalRound.findMany({
    where: { deliveryId },
    orderBy: { number: "asc" },
    select: { ...columns, entries: { orderBy: { id: "asc" }, select: { id: true, roundId: true, kind: true, accountId: true, partyId: true, name: true, comment: true, at: true } } },
  })
  return rows.map(({ entries, ...row }) => ({ ...toRound(row), entries: entries.map((entry) => ({ ...entry, kind: entryKindOf(entry.kind) })) }))
}

/** Begins a round. */
export async function insertRound(tx: Transaction, round: Omit<RoundRow, "answer" | "answeredAt">): Promise<void> {
  await tx.approvalRound.createMany({ data: [round] })
}

/** Writes down the answer to an open round. */
export async function answerRound(tx: Transaction, id: string, answered: { answer: Answer; answeredAt: Date }): Promise<void> {
  await tx.approvalRound.updateMany({ where: { id, answer: null }, data: answered })
}

/** Writes down what somebody said or did. */
export async function insertEntry(tx: Transaction, entry: EntryRow): Promise<void> {
  await tx.approvalEntry.createMany({ data: [entry] })
}

/** How many things were said in the rounds of a delivery. */
export async function countEntries(tx: Transaction, deliveryId: string): Promise<number> {
  return tx.approvalEntry.count({ where: { round: { deliveryId } } })
}

/** The rounds that were laid at this moment at the latest, have no answer and were not reminded of yet, at most `limit`. */
export async function findSilent(tx: Transaction, laidUntil: Date, limit: number): Promise<{ id: string; deliveryId: string }[]> {
  return tx.approvalRound.findMany({ where: { answer: null, remindedAt: null, laidAt: { lte: laidUntil } }, orderBy: { laidAt: "asc" }, take: limit, select: { id: true, deliveryId: true } })
}

/** Notes that a round was reminded of; false when it was already, or was answered. */
export async function markReminded(tx: Transaction, id: string, remindedAt: Date): Promise<boolean> {
  const { count } = await tx.approvalRound.updateMany({ where: { id, answer: null, remindedAt: null }, data: { remindedAt } })
  return count > 0
}

function toRound<Row extends { answer: string | null; content: Uint8Array<ArrayBuffer> }>(row: Row): Omit<Row, "answer"> & { answer: Answer | null } {
  return { ...row, answer: row.answer === null ? null : answerOf(row.answer) }
}

function answerOf(text: string): Answer {
  return text === "approved" || text === "refused" ? text : "withdrawn"
}

function entryKindOf(text: string): EntryKind {
  return text === "laid" || text === "note" ? text : answerOf(text)
}
