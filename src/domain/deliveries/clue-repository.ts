import type { Transaction } from "#platform/database.ts"

/** A clue (a keyed hash) and whose it is. */
export type LearntClue = { clue: string; employeeId: string }

/** What was learnt of an employer's people; not of who left more than a quarter ago: a code of theirs may be somebody else's by now. */
export async function findLearntClues(tx: Transaction, employerId: string): Promise<LearntClue[]> {
  return tx.$queryRaw<LearntClue[]>`
    select l.clue, l.employee_id as "employeeId" from learnt_clue l join employee e on e.id = l.employee_id
    where l.employer_id = ${employerId}::uuid and (e.employed_to is null or e.employed_to > current_date - 92)`
}

/** Forgets which of these clues are of somebody else, and what is known of who left more than a quarter ago. Returns what was of somebody else. */
export async function deleteCluesOfOthers(tx: Transaction, employerId: string, clues: readonly string[], employeeId: string | null): Promise<LearntClue[]> {
  await tx.$executeRaw`
    delete from learnt_clue l using employee e
    where l.employer_id = ${employerId}::uuid and e.id = l.employee_id and e.employed_to <= current_date - 92`
  return tx.$queryRaw<LearntClue[]>`
    delete from learnt_clue where employer_id = ${employerId}::uuid and clue = any(${[...clues]}::text[]) and employee_id is distinct from ${employeeId}::uuid
    returning clue, employee_id as "employeeId"`
}

/** Which of these clues stand on a document of somebody else in the same delivery. */
export async function findCluesOfOthers(tx: Transaction, deliveryId: string, clues: readonly string[], employeeId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ clue: string }[]>`
    select distinct clue from delivery_item i cross join unnest(i.clues) as u (clue)
    where i.delivery_id = ${deliveryId}::uuid and i.employee_id <> ${employeeId}::uuid and clue = any(${[...clues]}::text[])`
  return rows.map(({ clue }) => clue)
}

/** Remembers whose clues are; one that is known already stays whose it was. */
export async function insertLearntClues(tx: Transaction, rows: readonly (LearntClue & { id: string; employerId: string })[]): Promise<void> {
  await tx.learntClue.createMany({ data: [...rows], skipDuplicates: true })
}
