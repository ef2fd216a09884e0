import type { Transaction } from "#platform/database.ts"
import { documentKinds, isDocumentKind } from "#policy/document-kinds.ts"
import { documentKey, knownDocuments } from "../files/known-documents.ts"
import { findPeople } from "../parties/find-person.ts"
import type { DeliveryRow } from "./delivery-repository.ts"
import type { ItemRow } from "./item-repository.ts"

/** Red must be put right before sending; amber is worth knowing. `code` is the key of a sentence under "checks" in the catalogue. */
export type ItemCheck = { itemId: string; level: "green" | "amber" | "red"; code: CheckCode }

export type CheckCode = "ready" | "gets-welcome" | "no-email" | "no-proof" | "parked" | "duplicate-here" | "sent-before" | "replaces" | "employer-document"

/** What sending would mean for every document of a delivery: one check each, the gravest. */
export async function checkItems(tx: Transaction, delivery: DeliveryRow, items: readonly ItemRow[]): Promise<ItemCheck[]> {
  const people = await findPeople(tx, items.flatMap((item) => item.employeeId ?? []))
  const sentBefore = delivery.state === "sent" ? () => [] : await knownDocuments(tx, items)
  const times = new Map<string, number>()
  for (const item of items) times.set(documentKey(item), (times.get(documentKey(item)) ?? 0) + 1)
  return items.map((item) => {
    const check = (level: ItemCheck["level"], code: CheckCode) => ({ itemId: item.id, level, code })
    if (item.parked) return check("red", "parked")
    if (item.employeeId && (times.get(documentKey(item)) ?? 0) > 1) return check("red", "duplicate-here")
    const before = sentBefore(item)
    if (item.employeeId && before.includes(delivery.senderId) && isDocumentKind(item.kind) && documentKinds[item.kind].dossier === "employee") return check("amber", "replaces")
    if (before.length > 0) return check("amber", "sent-before")
    const person = item.employeeId ? people.get(item.employeeId) : undefined
    if (!person) return check("green", "employer-document")
    if (person.access !== "none") return check("green", "ready")
    if (person.contactEmail === null) return check("amber", "no-email")
    return check("amber", person.birthDate === null ? "no-proof" : "gets-welcome")
  })
}
