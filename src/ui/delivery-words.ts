import type { Action } from "#auth/action-door.ts"
import type { DeliverySummary } from "#domain/deliveries/delivery-views.ts"
import type { DeliveryItemView, DeliveryView } from "#domain/deliveries/view-delivery.ts"
import { DOCUMENT_KINDS } from "#policy/document-kinds.ts"
import { kindOf, nameOf, periodOf } from "./file-naming.ts"
import { periodInYear, type Translator } from "./file-title.ts"

/** A server action as a form of a delivery takes it. */
export type FormAction = Action<void>

type When = { year: number | null; period: number | null; periodKind: string | null }

/** The name a document will have in a dossier: "Loonstrook - maart 2026"; only "Loonstrook" while its year is not known. */
export function itemTitle(t: Translator, item: When & { kind: string }): string {
  return nameOf(t, { ...item, name: null })
}

/** "maart 2026", "2026" for what has only a year, or "" while it is not known. */
export function periodText(t: Translator, when: When): string {
  const period = periodOf({ ...when, name: null, kind: "" })
  return period ? periodInYear(t, period) : when.year === null ? "" : String(when.year)
}

/** The name of a delivery: "Zending maart 2026", whatever kinds are in it; years alone only count when there is no period. */
export function deliveryTitle(t: Translator, parts: readonly When[], isDraft: boolean): string {
  const known = parts.filter((part) => part.year !== null)
  const bound = known.filter((part) => part.period !== null)
  const periods = [...new Set((bound.length > 0 ? bound : known).map((part) => periodText(t, part)))]
  const [only, second] = periods
  if (second) return t("delivery.titleMixed")
  return only ? t("delivery.title", { period: only }) : t(isDraft ? "delivery.titleNew" : "delivery.titleNone")
}

/** What is in a delivery, each kind once, payslips first: "Loonstrook, Journaalpost". */
export function kindsText(t: Translator, parts: DeliverySummary["periods"]): string {
  const kinds = new Set(parts.map(kindOf))
  return DOCUMENT_KINDS.filter((kind) => kinds.has(kind)).map((kind) => t(`documentKinds.${kind}`)).join(", ")
}

/** Pages as people write them: "1", "4-5", "1, 3-5". */
export function pagesText(pages: readonly number[]): string {
  const runs: [number, number][] = []
  for (const page of pages) {
    const last = runs.at(-1)
    if (last && page === last[1] + 1) last[1] = page
    else runs.push([page, page])
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(", ")
}

/** What sending a delivery comes down to, in numbers. `kind` is "payslip" when employees get nothing else, one each. */
export function outcomeOf(items: readonly DeliveryItemView[]) {
  const forEmployees = items.filter((item) => item.employeeId !== null)
  const people = new Set(forEmployees.map((item) => item.employeeId)).size
  const withMail = (code: string) => new Set(forEmployees.filter((item) => item.check.mail === code).map((item) => item.employeeId)).size
  const onlyPayslips = people > 0 && people === forEmployees.length && forEmployees.every((item) => item.kind === "payslip")
  return {
    people,
    documents: forEmployees.length,
    kind: onlyPayslips ? "payslip" : "other",
    welcomes: withMail("gets-welcome"),
    withoutEmail: withMail("no-email"),
    replaces: forEmployees.filter((item) => item.check.code === "replaces").length,
    forEmployer: items.filter((item) => item.employeeId === null && item.parked === null).length,
    parked: items.filter((item) => item.parked !== null).length,
    red: items.filter((item) => item.check.level === "red").length,
  }
}

/** The order of the lists on screen, for going from one document to the next. */
export function inOrder({ items }: Pick<DeliveryView, "items">): DeliveryItemView[] {
  const parked = items.filter((item) => item.parked !== null)
  const rest = items.filter((item) => item.parked === null)
  return [...parked, ...rest.filter((item) => item.employeeId !== null), ...rest.filter((item) => item.employeeId === null)]
}
