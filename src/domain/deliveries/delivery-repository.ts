import type { Transaction } from "#platform/database.ts"

export type DeliveryState = "draft" | "staged" | "reviewing" | "planned" | "sending" | "sent"

export type DeliveryRow = {
  id: string
  employerId: string
  audienceId: string
  senderId: string
  state: DeliveryState
  createdBy: string
  createdAt: Date
  stagedAt: Date | null
  sentAt: Date | null
  publishAt: Date | null
  failedAt: Date | null
  /** When all that it brought was withdrawn at once. */
  withdrawnAt: Date | null
}

const columns = { id: true, employerId: true, audienceId: true, senderId: true, state: true, createdBy: true, createdAt: true, stagedAt: true, sentAt: true, publishAt: true, failedAt: true, withdrawnAt: true } as const

/** A delivery in sight. With `hold` one that this transaction may change, and nobody else changes until it ends; null for what is only in sight. */
export async function findDelivery(tx: Transaction, id: string, hold = false): Promise<DeliveryRow | null> {
  if (hold) {
    const held = await tx.$queryRaw<unknown[]>`select id from delivery where id = ${id}::uuid for update`
    if (held.length === 0) return null
  }
  return tx.delivery.findUnique({ where: { id }, select: columns })
}

/** Begins a delivery. */
export async function insertDelivery(tx: Transaction, delivery: Pick<DeliveryRow, "id" | "employerId" | "audienceId" | "senderId" | "createdBy" | "createdAt"> & { madeWith: string | null }): Promise<void> {
  await tx.delivery.createMany({ data: [delivery] })
}

/** Moves a delivery on. `decidedAt`: when its sender said that it may go, for what goes later; what was sent after that stays the newest. */
export async function updateDelivery(tx: Transaction, id: string, changed: { state: DeliveryState } & Partial<Pick<DeliveryRow, "stagedAt" | "sentAt" | "publishAt" | "failedAt"> & { decidedAt: Date | null }>): Promise<void> {
  await tx.delivery.updateMany({ where: { id }, data: changed })
}

/** The deliveries whose publication date has come, the longest waiting first, at most `limit`. */
export async function findDue(tx: Transaction, now: Date, limit: number): Promise<string[]> {
  const rows = await tx.delivery.findMany({ where: { state: "planned", publishAt: { lte: now }, sentAt: null }, orderBy: { publishAt: "asc" }, take: limit, select: { id: true } })
  return rows.map((row) => row.id)
}

/** Removes a delivery with its uploads and items; their bytes are swept later. */
export async function deleteDelivery(tx: Transaction, id: string): Promise<void> {
  await tx.delivery.deleteMany({ where: { id } })
}

export type DeliverySummary = DeliveryRow & { employerName: string; items: number; parked: number; reading: number; periods: { kind: string; year: number | null; period: number | null; periodKind: string | null }[] }

/** The viewer's deliveries, newest first, at most `limit`, optionally of one employer. */
export async function findDeliveries(tx: Transaction, input: { employerId: string | null; limit: number }): Promise<DeliverySummary[]> {
  const rows = await tx.delivery.findMany({
    where: input.employerId === null ? {} : { employerId: input.employerId },
    orderBy: { id: "desc" },
    take: input.limit,
    select: {
      ...columns,
      employer: { select: { name: true } },
      _count: { select: { items: true, uploads: { where: { state: "received" } } } },
      items: { distinct: ["kind", "year", "period"], select: { kind: true, year: true, period: true, periodKind: true }, orderBy: { position: "asc" } },
    },
  })
  const parked = await tx.deliveryItem.groupBy({ by: ["deliveryId"], where: { deliveryId: { in: rows.map((row) => row.id) }, parked: { not: null } }, _count: true })
  const parkedOf = new Map(parked.map((row) => [row.deliveryId, row._count]))
  return rows.map(({ employer, _count, items, ...row }) => ({
    ...row,
    employerName: employer.name,
    items: _count.items,
    reading: _count.uploads,
    parked: parkedOf.get(row.id) ?? 0,
    periods: items,
  }))
}

export type ListedDelivery = Pick<DeliveryRow, "id" | "employerId" | "state" | "createdAt" | "stagedAt" | "publishAt" | "sentAt" | "withdrawnAt">

/** The viewer's deliveries, newest first, after the one with the id `after` (null: from the newest); of one employer, in one state, made by a request of one name, or with this document or file in it, when asked. */
export async function findDeliveryPage(tx: Transaction, input: { employerId: string | null; state: DeliveryState | null; madeWith: string | null; partId: string | null; after: string | null; limit: number }): Promise<ListedDelivery[]> {
  const { employerId, state, madeWith, partId: id, after, limit } = input
  return tx.delivery.findMany({
    where: { ...(employerId === null ? {} : { employerId }), ...(state === null ? {} : { state }), ...(madeWith === null ? {} : { madeWith }), ...(id === null ? {} : { OR: [{ items: { some: { id } } }, { uploads: { some: { id } } }] }), ...(after === null ? {} : { id: { lt: after } }) },
    orderBy: { id: "desc" },
    take: limit,
    select: { id: true, employerId: true, state: true, createdAt: true, stagedAt: true, publishAt: true, sentAt: true, withdrawnAt: true },
  })
}
