import type { PdfPage } from "#platform/pdf.ts"
import type { DocumentKind } from "#policy/document-kinds.ts"
import { documentKinds } from "#policy/document-kinds.ts"
import { kindOfPage, kindOfTitle, paysSomebody } from "./recognise-kind.ts"
import type { PageCount } from "./recognise-page-counts.ts"
import { isAboutMany, readPageCounts, saysContinued } from "./recognise-page-counts.ts"
import { closeUp } from "./recognise-spaced.ts"
import { commonPeriod, periodOfFileName, periodOfPage } from "./recognise-period.ts"
import { isContradictedByLearnt, learntIn } from "./recognise-learnt.ts"
import type { Verdict } from "./recognise-person.ts"
import { judgeFor } from "./recognise-person.ts"
import type { Evidence, Hints, ParkReason, Part, Period, Person, Recognition } from "./recognise-types.ts"

export type { Evidence, Hints, ParkReason, Part, Person, Recognition } from "./recognise-types.ts"

type Judged = Period & { page: PdfPage; verdict: Verdict; kind: DocumentKind | null; count: PageCount | null; tellsWhatGoesOn: boolean; isContinued: boolean }
type Group = { pages: Judged[]; employeeId: string | null; reason: ParkReason | null; evidence: Set<Evidence> }

/**
 * Divides the pages of one file over the employees of one employer. Every page comes back in exactly one part: given to one person, or
 * to nobody with a reason.
 * Never a guess: what does not add up is parked. A file that is the employer's as a whole (a series overview, a journal) is one part
 * and is not divided.
 */
export function recognisePages(pages: readonly PdfPage[], people: readonly Person[], hints: Hints = {}): Recognition {
  return recogniseLines(pages.map(closeUp), people, hints)
}

function recogniseLines(pages: readonly PdfPage[], people: readonly Person[], hints: Hints): Recognition {
  const named = hints.fileName ? kindOfTitle(hints.fileName) : null
  const kinds = pages.map(kindOfPage)
  const whole = isForEmployer(kinds[0] ?? null) ? (kinds[0] ?? null) : isForEmployer(named) && !kinds.includes("annual-statement") ? named : null
  if (whole) return employerDocument(pages, whole, hints)
  const judge = judgeFor(people, hints)
  const first = pages.map((page) => judge(page))
  const learnt = learntIn(first, hints)
  const read = pages.map((page, index) => ({ page, verdict: settled(first[index] ?? judge(page), first, hints, () => judge(page, learnt)) }))
  const counts = readPageCounts(pages, isOfOnePerson(read.map(({ verdict }) => verdict)))
  const tellsWhatGoesOn = counts.some((count) => count !== null) || kinds.some(isForEmployer)
  const judged = read.map((one, index) => ({
    ...one, kind: kinds[index] ?? null, count: counts[index] ?? null, tellsWhatGoesOn, isContinued: saysContinued(one.page), ...periodOfPage(one.page, hints, one.verdict.period),
  }))
  const parts = group(judged).map((one) => toPart(one, named, hints))
  const [kind = null, ...others] = new Set(parts.filter((part) => part.reason !== "no-text" && part.reason !== "employer-document").map((part) => part.kind))
  return { kind: others.length === 0 ? kind : null, ...commonPeriod(parts), parts }
}

/** A page that is nobody's is looked at once more with what was learnt; one that is somebody's is only ever stopped by it. */
function settled(verdict: Verdict, all: readonly Verdict[], hints: Hints, again: () => Verdict): Verdict {
  if (verdict.employeeId === null) return verdict.told.length > 0 && hints.learnt ? again() : verdict
  return isContradictedByLearnt(verdict, all, hints) ? { ...verdict, employeeId: null, reason: "contradiction", evidence: [] } : verdict
}

function isOfOnePerson(verdicts: readonly Verdict[]): boolean {
  return new Set(verdicts.flatMap(({ employeeId }) => employeeId ?? [])).size === 1 && verdicts.every((one) => one.employeeId !== null || !one.hasOwnLabels)
}

const isForEmployer = (kind: DocumentKind | null) => kind !== null && documentKinds[kind].dossier === "employer"

function employerDocument(pages: readonly PdfPage[], kind: DocumentKind, hints: Hints): Recognition {
  const told = pages.map((page) => periodOfPage(page, hints)).find(({ period }) => period !== null)
  const period = told ?? periodOfFileName(hints)
  const part: Part = { pages: pages.map(({ page }) => page), employeeId: null, reason: "employer-document", evidence: [], told: [], kind, ...period }
  return { kind, ...period, parts: pages.length > 0 ? [part] : [] }
}

function group(judged: readonly Judged[]): Group[] {
  const groups: Group[] = []
  for (const one of judged) {
    const last = groups.at(-1)
    if (last && goesOn(last, one)) {
      last.pages.push(one)
      last.evidence.add("continued")
      for (const evidence of one.verdict.evidence) last.evidence.add(evidence)
    } else {
      const reason = one.verdict.employeeId === null && isForEmployer(one.kind) ? "employer-document" : one.verdict.reason
      groups.push({ pages: [one], employeeId: one.verdict.employeeId, reason, evidence: new Set(one.verdict.evidence) })
    }
  }
  return groups.map((found) => (found.employeeId !== null && !isWhole(found) ? { ...found, employeeId: null, reason: "page-missing" } : found))
}

/**
 * Whether a page belongs to the pages before it. A page count decides where there is one; else it must bring no title or person of its
 * own.
 */
function goesOn(group: Group, next: Judged): boolean {
  const last = group.pages.at(-1)
  if (!last || (next.kind !== null && last.kind !== null && next.kind !== last.kind)) return false
  if (next.page.isBlank) return true
  if (next.verdict.reason === "no-text" || next.verdict.reason === "other-employer" || isForEmployer(next.kind)) return false
  const step = stepOf(last.count, next.count, group.pages.length)
  if (step === "new") return false
  if (next.verdict.employeeId !== null) return next.verdict.employeeId === group.employeeId && (step === "next" || isSamePeriod(last, next))
  if (group.employeeId === null) return step === "next" || (next.isContinued && step !== "unknown-after-last")
  if (!next.verdict.allows(group.employeeId) || isAboutMany(next.page)) return false
  return step === "next" || next.isContinued || next.verdict.names(group.employeeId) || (next.kind === null && !next.verdict.hasOwnLabels && !next.tellsWhatGoesOn)
}

/** "next" when the counts follow on, "new" when they cannot, null when nothing is said. */
function stepOf(last: PageCount | null, next: PageCount | null, pages: number): "next" | "new" | "unknown-after-last" | null {
  if (!next) return last && last.page === last.of ? "unknown-after-last" : null
  if (next.page === 1) return "new"
  if (last) return next.page === last.page + 1 && next.of === last.of ? "next" : "new"
  return next.page === pages + 1 ? "next" : "new"
}

const isSamePeriod = (one: Period, other: Period) => other.year === null || (one.year === other.year && one.period === other.period)

function isWhole({ pages }: Group): boolean {
  const counted = pages.flatMap(({ count }) => count ?? [])
  const isInOrder = pages.filter(({ page }) => !page.isBlank).every(({ count }, index) => !count || count.page === index + 1)
  return counted.length === 0 || (isInOrder && counted.at(-1)?.page === counted[0]?.of)
}

/** More values than this on one document tell nobody apart. */
const mostTold = 12

const toldOn = (pages: readonly Judged[]) => [...new Set(pages.flatMap(({ verdict }) => verdict.told))].slice(0, mostTold)

function toPart({ pages, employeeId, reason, evidence }: Group, named: DocumentKind | null, hints: Hints): Part {
  const told = pages.find(({ period }) => period !== null) ?? pages.find(({ year }) => year !== null)
  const { year, period, periodKind } = told ?? periodOfFileName(hints)
  const isPaid = employeeId !== null && period !== null && pages.some(({ page }) => paysSomebody(page))
  const kind = pages.find((one) => one.kind !== null)?.kind ?? named ?? (isPaid ? "payslip" : null)
  const isYearly = kind === "annual-statement"
  return {
    pages: pages.map(({ page }) => page.page), employeeId, reason, evidence: [...evidence], told: toldOn(pages), kind,
    year, period: isYearly ? null : period, periodKind: isYearly ? null : periodKind,
  }
}
