import { asViewer } from "#platform/database.ts"
import { ACCESS_STATES, type AccessState } from "#policy/access-states.ts"
import { Forbidden, NotFound } from "#policy/errors.ts"
import { listName } from "#policy/person-name.ts"
import { mayChange } from "#policy/ranks.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findEmployerById } from "../parties/find-employer.ts"
import { findPeople } from "../parties/find-person.ts"
import { oneMore, pageOf, type Page } from "../parties/list-pages.ts"
import type { EmployeeData } from "../parties/party-views.ts"
import { checkItems, type ItemCheck } from "./check-items.ts"
import { findDeliveries, findDelivery, findDeliveryPage, type DeliveryRow, type DeliveryState, type DeliverySummary, type ListedDelivery } from "./delivery-repository.ts"
import { isApproved } from "./is-approved.ts"
import { findItems, type ItemRow } from "./item-repository.ts"
import { isOwn } from "./own-delivery.ts"
import { findUploads, type ToldColumns, type UploadRow } from "./upload-repository.ts"

export type DeliveryItemView = Omit<ItemRow, "storageKey" | "dossierId" | "clues"> & {
  check: Pick<ItemCheck, "level" | "code" | "mail">
  employee: { number: string; name: string; access: AccessState } | null
}

export type DeliveryView = {
  delivery: DeliveryRow
  employer: { id: string; name: string; periodKind: string }
  uploads: Omit<UploadRow, "storageKey" | keyof ToldColumns>[]
  items: DeliveryItemView[]
  /** Nothing red, nothing still being read, something in it. */
  maySend: boolean
  /** False for who may only read, and for the employer that it was laid before. */
  mayChange: boolean
  /** The viewer's party made it; else it was laid before the viewer, who sees what is in it while it lies there. */
  isOwn: boolean
  /** An office made it: akkoord of the employer can be asked; `needsApproval` where it has to be, and was not given for what is in it now and its date. */
  mayLayBefore: boolean
  needsApproval: boolean
}

/** A delivery with its files, its documents and the check of each. NotFound when it is not the viewer's and was not laid before it. */
export async function viewDelivery(viewer: Viewer, input: { deliveryId: string }): Promise<DeliveryView> {
  if (viewer.kind === "employee") throw new Forbidden()
  return asViewer(viewer, async (tx) => {
    const delivery = await findDelivery(tx, input.deliveryId)
    if (!delivery) throw new NotFound()
    const employer = await findEmployerById(tx, delivery.employerId)
    const uploads = await findUploads(tx, delivery.id)
    const items = await findItems(tx, delivery.id)
    const people = await findPeople(tx, items.flatMap((item) => item.employeeId ?? []))
    const own = isOwn(viewer, delivery)
    const checks = new Map((own ? await checkItems(tx, delivery, items) : []).map((check) => [check.itemId, check]))
    const reading = uploads.some((upload) => upload.state === "received")
    return {
      delivery,
      employer: { id: employer.id, name: employer.name, periodKind: employer.periodKind },
      uploads: uploads.map(({ id, deliveryId, name, mediaType, size, sha256, state, refusal, pages }) => ({ id, deliveryId, name, mediaType, size, sha256, state, refusal, pages })),
      items: items.map(({ storageKey: _key, dossierId: _dossier, clues: _clues, ...item }) => {
        const person = item.employeeId ? people.get(item.employeeId) : undefined
        const check = checks.get(item.id)
        return {
          ...item,
          check: { level: check?.level ?? "green", code: check?.code ?? "ready", mail: check?.mail ?? null },
          employee: person ? { number: person.number, name: listName(person), access: accessOf(person) } : null,
        }
      }),
      maySend: own && items.length > 0 && !reading && ![...checks.values()].some((check) => check.level === "red"),
      mayChange: own && mayChange(viewer.rank),
      isOwn: own,
      mayLayBefore: own && viewer.kind === "office",
      needsApproval: !(await isApproved(tx, delivery, delivery.publishAt, items)),
    }
  })
}

/** The viewer's deliveries and those that were laid before it, newest first, at most 200; of one employer when asked. */
export async function listDeliveries(viewer: Viewer, input: { employerId: string | null }): Promise<DeliverySummary[]> {
  if (viewer.kind === "employee") throw new Forbidden()
  return asViewer(viewer, (tx) => findDeliveries(tx, { employerId: input.employerId, limit: 200 }))
}

/** `madeWith`: made by a request of this name; `partId`: with this document or file in it. */
export type DeliveryPageInput = { employerId: string | null; state: DeliveryState | null; madeWith: string | null; partId: string | null; after: string | null; limit: number }

/** The viewer's deliveries, a page at a time, newest first; of one employer, in one state, by the name of its request or with one document, when asked. What comes in between moves nothing. */
export async function listDeliveryPage(viewer: Viewer, input: DeliveryPageInput): Promise<Page<ListedDelivery>> {
  if (viewer.kind === "employee") throw new Forbidden()
  return asViewer(viewer, async (tx) => pageOf(await findDeliveryPage(tx, oneMore(input)), input.limit))
}

/** Without an account: what stands in the way of one. */
function accessOf({ access, contactEmail, birthDate }: EmployeeData): AccessState {
  const known = ACCESS_STATES.find((state) => state === access)
  if (known) return known
  if (contactEmail === null) return "no-email"
  return birthDate === null ? "no-proof" : "not-invited"
}
