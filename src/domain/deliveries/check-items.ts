import type { Transaction } from "#platform/database.ts"
import { documentKinds, isDocumentKind } from "#policy/document-kinds.ts"
import { firstDayOf, isPeriod, type PeriodKind } from "#policy/periods.ts"
import { documentKey, knownDocuments } from "../files/known-documents.ts"
import { findEmployerById } from "../parties/find-employer.ts"
import { findPeople } from "../parties/find-person.ts"
import type { EmployeeData } from "../parties/party-views.ts"
import type { DeliveryRow } from "./delivery-repository.ts"
import { findUsualPages, type ItemRow } from "./item-repository.ts"

/**
 * Red must be put right before sending; amber is worth knowing. `code` is the key of a sentence under "checks" in the catalogue. `mail` says what becomes of
 * the mail to an employee, whatever else was found: null when it simply goes.
 */
export type ItemCheck = { itemId: string; level: "green" | "amber" | "red"; code: CheckCode; mail: MailCheck | null }

export type MailCheck = "bounced" | "no-email" | "no-proof" | "gets-welcome"

export type CheckCode =
  | MailCheck
  | "parked" | "no-such-period" | "duplicate-here" | "left-long-ago" | "printed-other-person"
  | "printed-other-kind" | "printed-other-period" | "sent-before" | "replaces" | "left-before" | "pages-differ" | "year-far"
  | "ready" | "employer-document"

/** What sending would mean for every document of a delivery: one check each, the gravest. */
export async function checkItems(tx: Transaction, delivery: DeliveryRow, items: readonly ItemRow[]): Promise<ItemCheck[]> {
  const ids = items.flatMap((item) => item.employeeId ?? [])
  const people = await findPeople(tx, ids)
  const { periodKind } = await findEmployerById(tx, delivery.employerId)
  const sentBefore = delivery.state === "sent" ? () => [] : await knownDocuments(tx, items)
  const usualPages = delivery.state === "sent" ? new Map<string, number>() : await findUsualPages(tx, ids)
  const times = new Map<string, number>()
  for (const item of items) times.set(documentKey(item), (times.get(documentKey(item)) ?? 0) + 1)
  return items.map((item) => {
    const person = item.employeeId ? people.get(item.employeeId) : undefined
    const mail = person ? mailTo(person) : null
    const check = (level: ItemCheck["level"], code: CheckCode) => ({ itemId: item.id, level, code, mail })
    if (item.parked) return check("red", "parked")
    if (item.mismatch === "person") return check("red", "printed-other-person")
    if (item.period !== null && !isPeriod(periodKind, item.period)) return check("red", "no-such-period")
    if (item.employeeId && (times.get(documentKey(item)) ?? 0) > 1) return check("red", "duplicate-here")
    const gone = person ? leftBefore(person, item, periodKind) : null
    if (gone === "left-long-ago") return check("red", gone)
    if (item.mismatch === "kind") return check("amber", "printed-other-kind")
    if (item.mismatch === "period") return check("amber", "printed-other-period")
    const before = sentBefore(item)
    if (item.employeeId && before.includes(delivery.senderId) && isDocumentKind(item.kind) && documentKinds[item.kind].dossier === "employee") return check("amber", "replaces")
    if (before.length > 0) return check("amber", "sent-before")
    if (gone) return check("amber", gone)
    const usual = item.kind === "payslip" && item.employeeId ? usualPages.get(item.employeeId) : undefined
    if (usual !== undefined && usual !== item.pages.length) return check("amber", "pages-differ")
    if (item.year !== null && Math.abs(item.year - delivery.createdAt.getUTCFullYear()) > 1) return check("amber", "year-far")
    if (!person) return check("green", "employer-document")
    return mail ? check("amber", mail) : check("green", "ready")
  })
}

function mailTo(person: EmployeeData): MailCheck | null {
  if (person.access === "bounced" || person.mailTrouble !== null) return "bounced"
  if (person.access !== "none") return null
  if (person.contactEmail === null) return "no-email"
  return person.birthDate === null ? "no-proof" : "gets-welcome"
}

/** Whether the employment had ended when the period began, and whether that was more than a year before. */
function leftBefore(person: EmployeeData, item: ItemRow, kind: PeriodKind): "left-before" | "left-long-ago" | null {
  if (!person.employedTo || item.year === null) return null
  const left = person.employedTo.toISOString().slice(0, 10)
  if (left >= firstDayOf(item.year, kind, item.period)) return null
  return left < firstDayOf(item.year - 1, kind, item.period) ? "left-long-ago" : "left-before"
}
