import type { Clue } from "./recognise-clues.ts"
import type { Verdict } from "./recognise-person.ts"
import type { Hints } from "./recognise-types.ts"

/**
 * Whom values are of that payroll does not know, because somebody said so by hand of an earlier page. One clue more: it never changes a page that is
 * somebody's without it, and whoever it points at still needs a second clue and nothing against it.
 */
export type Learnt = ReadonlyMap<string, string>

/** What was learnt of the values in one file. A value that stands on pages of somebody else in the same file says nothing there. */
export function learntIn(verdicts: readonly Verdict[], hints: Hints): Learnt {
  const found = new Map<string, string>()
  for (const told of new Set(verdicts.flatMap((verdict) => verdict.told))) {
    const employeeId = hints.learnt?.(told) ?? null
    if (employeeId !== null && ownersOf(told, verdicts).every((owner) => owner === employeeId)) found.set(told, employeeId)
  }
  return found
}

/** Whether a page that was given to one person bears a value that was learnt to be another's, and nobody else's pages in the file do. */
export function isContradictedByLearnt({ employeeId, told }: Verdict, verdicts: readonly Verdict[], hints: Hints): boolean {
  return told.some((value) => {
    const learnt = hints.learnt?.(value) ?? null
    return learnt !== null && learnt !== employeeId && ownersOf(value, verdicts).every((owner) => owner === employeeId)
  })
}

/** A clue, and whom it was learnt to point at. */
export type TaughtClue = Clue & { learntFor: string | null }

/** The clues of a page, with those that were learnt pointing at their person too. */
export function withLearnt(clues: readonly Clue[], learnt: Learnt): TaughtClue[] {
  return clues.map((clue) => {
    const learntFor = (clue.told === undefined ? undefined : learnt.get(clue.told)) ?? null
    return learntFor === null ? { ...clue, learntFor } : { ...clue, full: new Set([...clue.full, learntFor]), learntFor }
  })
}

function ownersOf(told: string, verdicts: readonly Verdict[]): string[] {
  return verdicts.flatMap((verdict) => (verdict.employeeId !== null && verdict.told.includes(told) ? verdict.employeeId : []))
}
