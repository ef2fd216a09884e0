"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { actionFor } from "#auth/action-door.ts"
import { homeOf } from "#auth/page-door.ts"
import { assignItem } from "#domain/deliveries/assign-item.ts"
import { DOCUMENT_KINDS } from "#policy/document-kinds.ts"

/** An empty choice of a select. */
const none = z.literal("").transform(() => null)

const shape = z.object({
  deliveryId: z.uuid(),
  itemId: z.uuid(),
  /** The next document that waits, to go on with; empty when this was the last. */
  next: z.union([none, z.uuid()]),
  employeeId: z.union([none, z.uuid()]),
  kind: z.enum(DOCUMENT_KINDS),
  year: z.coerce.number("year-invalid").int("year-invalid").min(2000, "year-invalid").max(2100, "year-invalid"),
  period: z.union([none, z.coerce.number().int().min(1).max(13)]),
  periodKind: z.enum(["month", "four-weeks"]),
})

/** Says whose and what a document is, and goes on with the next one that waits, or back to the delivery. */
export const assignItemAction = actionFor(["office", "employer"], shape, async (viewer, { deliveryId, next, ...input }): Promise<void> => {
  await assignItem(viewer, input)
  redirect(`${homeOf[viewer.kind]}/zendingen/${deliveryId}${next ? `?stuk=${next}` : ""}`)
})
