import { asViewer, type Transaction } from "#platform/database.ts"
import { documentKinds, type DocumentKind } from "#policy/document-kinds.ts"
import { Invalid, NotFound } from "#policy/errors.ts"
import { isPeriod, type PeriodKind } from "#policy/periods.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { keyToRead, keysToWrite } from "../dossiers/dossier-key.ts"
import { keepBytes, readBytes } from "../files/keep-bytes.ts"
import { findPerson } from "../parties/find-person.ts"
import { updateItem, type ItemRow } from "./item-repository.ts"
import { learnClues } from "./learn-clues.ts"
import { holdItem } from "./own-delivery.ts"

/** `employeeId` for an employee's document, null for an employer document. `period` is null for a kind that has only a year. */
export type AssignItemInput = { itemId: string; kind: DocumentKind; year: number; period: number | null; periodKind: PeriodKind; employeeId: string | null }

/**
 * Says by hand whose and what a document is, parked or not, and encrypts it anew for that dossier; what stands on it is remembered for next month. NotFound when the document or the employee
 * is out of sight or of another employer; Invalid when kind, period and person do not go together; Conflict when the delivery was sent.
 */
export async function assignItem(viewer: Viewer, input: AssignItemInput): Promise<void> {
  await asViewer(viewer, async (tx) => {
    const { item, delivery } = await holdItem(tx, viewer, input.itemId, ["draft"])
    const rules = documentKinds[input.kind]
    if (rules.dossier === "employee" && !input.employeeId) throw new Invalid("item-needs-employee", { field: "employeeId" })
    if (rules.dossier === "employer" && input.employeeId) throw new Invalid("item-of-employer", { field: "employeeId" })
    if (rules.boundTo === "period" && (input.period === null || !isPeriod(input.periodKind, input.period))) {
      throw new Invalid("item-period-unknown", { field: "period" })
    }
    if (input.employeeId && (await findPerson(tx, input.employeeId))?.employerId !== delivery.employerId) throw new NotFound()
    const period = rules.boundTo === "period" ? { period: input.period, periodKind: input.periodKind } : { period: null, periodKind: null }
    const moved = await moveTo(tx, item, input.employeeId ?? delivery.employerId)
    const what = { kind: input.kind, year: input.year, ...period, employeeId: input.employeeId, parked: null, evidence: ["by-hand"], mismatch: null }
    await updateItem(tx, item.id, { ...what, ...moved })
    await learnClues(tx, { employerId: delivery.employerId, item, employeeId: input.employeeId })
    await recordEvents(tx, [{ chainId: delivery.id, kind: "delivery.item-assigned", subjectId: item.id, details: { kind: input.kind } }])
  })
}

/** The old bytes stay until the sweep: if this transaction fails, the row still names them. */
async function moveTo(tx: Transaction, item: ItemRow, ownerId: string): Promise<Partial<ItemRow>> {
  const target = (await keysToWrite(tx, [ownerId])).get(ownerId)
  if (!target) throw new NotFound()
  if (target.dossierId === item.dossierId) return {}
  const bytes = await readBytes(await keyToRead(tx, item.dossierId), item.storageKey)
  return { ...(await keepBytes(target.recipient, bytes)), dossierId: target.dossierId }
}
