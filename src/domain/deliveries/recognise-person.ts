import type { PdfPage } from "#platform/pdf.ts"
import { cluesOn, indexPeople, isOfOtherEmployer, type Clue, type Index } from "./recognise-clues.ts"
import { labelledPeriod, readFields, type KnownLabels, type PageFields } from "./recognise-fields.ts"
import { type Learnt, type TaughtClue, withLearnt } from "./recognise-learnt.ts"
import type { Evidence, Hints, ParkReason, Person } from "./recognise-types.ts"

/** What one page says of whom it is about. Its identity may still be settled by the page before it. */
export type Verdict = {
  employeeId: string | null
  reason: ParkReason | null
  evidence: Evidence[]
  /** Whether the page could go with a page of this employee without saying so itself. */
  allows: (employeeId: string) => boolean
  /** Whether the page, without identity enough of its own, does name this employee and nobody else. */
  names: (employeeId: string) => boolean
  /** Whether the page has places of its own for a number, a name or a birth date, filled in or not. */
  hasOwnLabels: boolean
  /** Labelled values that are nobody's as they stand. */
  told: string[]
  /** The period that stands under labels of its own, as text; "" where none does. */
  period: string
}

/**
 * Makes a judge for the pages of one employer. A page is given to a person on a labelled number with the name, the birth date or the BSN;
 * on the BSN; or on the name with the birth date. Anything labelled that points elsewhere stops it, and so does a number or a whole name that is
 * a colleague's and not theirs, and a second person with evidence of their own. What was learnt is one clue more.
 */
export function judgeFor(people: readonly Person[], hints: Hints): (page: PdfPage, learnt?: Learnt) => Verdict {
  const index = indexPeople(people)
  const labels: KnownLabels = new Map()
  return (page, learnt = new Map()) => {
    const fields = readFields(page, labels)
    return { ...judge(page, fields, { index, hints }, learnt), period: labelledPeriod(fields) }
  }
}

type Known = { index: Index; hints: Hints }
type Judgement = Omit<Verdict, "period">

function judge(page: PdfPage, fields: PageFields, { index, hints }: Known, learnt: Learnt): Judgement {
  if (page.text.trim() === "") return parked("no-text", [], false)
  const hasOwnLabels = (["number", "employee", "name", "birth-date", "bsn"] as const).some(fields.hasLabel)
  const clues = withLearnt(cluesOn(page, fields, index, hints), learnt)
  if (isOfOtherEmployer(page.text, hints)) return parked("other-employer", clues, hasOwnLabels)
  const pointedAt = new Set(clues.flatMap((clue) => [...clue.full, ...clue.weak]))
  const complete = [...pointedAt].filter((id) => isComplete(id, clues))
  const clean = complete.filter((id) => !isContradicted(id, clues, index) && complete.every((other) => other === id || isShadow(other, id, clues)))
  const [only, second] = clean
  if (only !== undefined && second === undefined) return { ...parked(null, clues, hasOwnLabels), employeeId: only, evidence: evidenceOf(only, clues) }
  return parked(complete.length > 1 ? "two-match" : complete.length === 1 ? "contradiction" : weakReason(clues), clues, hasOwnLabels)
}

function parked(reason: ParkReason | null, clues: readonly Clue[], hasOwnLabels: boolean): Judgement {
  const about = clues.filter((clue) => clue.strict || clue.type === "name" || clue.type === "bsn")
  const allows = (id: string) => about.every((clue) => pointsAt(clue, id) || (clue.full.size === 0 && !clue.strict))
  const named = clues.filter((clue) => clue.type === "name")
  const names = (id: string) => named.some((clue) => clue.full.has(id)) && named.every((clue) => clue.full.size <= 1)
  return { employeeId: null, reason, evidence: [], allows, names, hasOwnLabels, told: [...new Set(clues.flatMap(({ told }) => told ?? []))] }
}

const pointsAt = (clue: Clue, id: string) => clue.full.has(id) || clue.weak.has(id)

function strength(id: string, type: Clue["type"], clues: readonly Clue[]): 0 | 1 | 2 {
  const own = clues.filter((clue) => clue.type === type && pointsAt(clue, id))
  if (own.some((clue) => clue.full.has(id) && (clue.strict || (type === "name" && clue.place !== "within")))) return 2
  return own.length > 0 ? 1 : 0
}

/** Two kinds of evidence at the least, one of them without doubt; or a BSN. */
function isComplete(id: string, clues: readonly Clue[]): boolean {
  if (strength(id, "bsn", clues) > 0) return true
  const [number, name, birth] = [strength(id, "number", clues), strength(id, "name", clues), strength(id, "birth-date", clues)]
  return (number > 0 && name > 0 && number + name > 2) || (number > 0 && birth > 0 && number + birth > 2) || (name > 0 && birth > 0 && name + birth > 2)
}

function isContradicted(id: string, clues: readonly TaughtClue[], index: Index): boolean {
  const person = index.people.get(id)
  const knows = { number: person?.number, bsn: person?.bsn, "birth-date": person?.birthDate, name: person?.surname }
  const isNamed = clues.some((clue) => clue.type === "name" && pointsAt(clue, id))
  const isNamedInFull = clues.some((clue) => clue.type === "name" && clue.full.has(id))
  const isSure = strength(id, "number", clues) + strength(id, "birth-date", clues) + strength(id, "bsn", clues) >= 4
  return clues.some((clue) => {
    if (clue.learntFor !== null && clue.learntFor !== id) return true
    if (clue.type === "name" && clue.full.size > 0 && !isNamedInFull && (clue.weak.has(id) || clue.otherInitials.has(id))) return true
    if (!knows[clue.type] || pointsAt(clue, id)) return false
    if (clue.otherInitials.has(id)) return clue.strict && !isSure
    if (clue.type === "number" && clue.full.size > 0 && strength(id, "number", clues) === 0) return true
    return clue.strict || (clue.type === "name" && clue.full.size > 0 && !isNamed)
  })
}

/** Whether all that points at `other` points at `id` as well, and more does: twins told apart by their number. */
function isShadow(other: string, id: string, clues: readonly Clue[]): boolean {
  const isCovered = clues.every((clue) => !pointsAt(clue, other) || pointsAt(clue, id))
  return isCovered && clues.some((clue) => clue.strict && pointsAt(clue, id) && !pointsAt(clue, other))
}

function evidenceOf(id: string, clues: readonly TaughtClue[]): Evidence[] {
  const types = ["number", "bsn", "name", "birth-date"] as const
  const own = clues.filter((clue) => pointsAt(clue, id))
  const learnt: Evidence[] = own.some(({ learntFor }) => learntFor === id) ? ["learnt"] : []
  return [...types.filter((type) => own.some((clue) => clue.type === type && clue.learntFor === null)), ...learnt]
}

function weakReason(clues: readonly Clue[]): ParkReason {
  if (clues.some((clue) => clue.type === "name" && clue.full.size > 0)) return "name-only"
  return clues.some((clue) => clue.type === "number" && clue.strict && clue.full.size > 0) ? "number-only" : "nobody-matches"
}
