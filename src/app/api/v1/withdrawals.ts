import { z } from "zod"
import { nothing, operation } from "#auth/api-operation.ts"
import { viewDeliveryRecall, withdrawDelivery, type DeliveryRecall } from "#domain/deliveries/withdraw-delivery.ts"
import { mostNote } from "#policy/sender-note.ts"
import { WITHDRAWAL_REASONS } from "#policy/withdrawal-reasons.ts"
import { deliveryId, nullableMoment } from "./schemas.ts"

const count = z.int().min(0)

const recall = z.strictObject({
  deliveryId: z.uuid(),
  withdrawnAt: z.string().nullable().describe("When the whole was withdrawn; null while it was not"),
  reason: z.enum(WITHDRAWAL_REASONS).nullable(),
  note: z.string().nullable(),
  current: count.describe("Documents that are there as they were sent"),
  together: count.describe("Withdrawn with the whole delivery"),
  apart: count.describe("Withdrawn by themselves before"),
  replaced: count.describe("Replaced before; withdrawing the whole leaves them"),
  opened: count.describe("Documents that somebody opened, of current and together"),
  openers: z.array(z.strictObject({ party: z.enum(["employer", "employee", "overviews"]), name: z.string().nullable(), files: count.describe("How many documents") })),
  mailed: z.array(z.strictObject({ documentId: z.uuid(), name: z.string().nullable(), at: z.string() })).describe("Went by mail too, as an encrypted PDF: nobody takes that back"),
})

function toRecall({ deliveryId: id, withdrawnAt, mailed, mayWithdraw: _may, ...one }: DeliveryRecall): z.input<typeof recall> {
  return { ...one, deliveryId: id, withdrawnAt: nullableMoment(withdrawnAt), mailed: mailed.map(({ itemId, name, at }) => ({ documentId: itemId, name, at: at.toISOString() })) }
}

const shared = { params: deliveryId, query: z.strictObject({}), form: null, path: "/deliveries/{deliveryId}/withdrawal", answer: recall } as const

/** Withdrawing a whole delivery, and what is known of it. */
export const withdrawalOperations = [
  operation({
    ...shared,
    id: "getWithdrawal",
    method: "GET",
    scope: "deliveries:read",
    summary: "What withdrawing a whole delivery would come down to, or what it did",
    body: nothing,
    status: 200,
    refusals: ["delivery-not-sent"],
    run: async (viewer, { params }) => toRecall(await viewDeliveryRecall(viewer, params)),
  }),
  operation({
    ...shared,
    id: "withdrawDelivery",
    method: "POST",
    scope: "deliveries:send",
    summary: "Withdraw a whole delivery that was sent",
    notes: "Whoever received it has it no more, and is told so by one mail; you keep it. It cannot be undone. What was withdrawn or replaced before stays as it is. Twice does it once.",
    body: z.strictObject({ reason: z.enum(WITHDRAWAL_REASONS), note: z.string().optional().describe(`At most ${mostNote} characters, for who could see it; no BSN`) }),
    status: 200,
    refusals: ["delivery-not-sent", "note-too-long", "note-odd", "note-bsn"],
    run: async (viewer, { params, body }, { now }) => {
      await withdrawDelivery(viewer, { ...params, ...body }, now)
      return toRecall(await viewDeliveryRecall(viewer, params))
    },
  }),
]
