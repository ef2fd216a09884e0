import { z } from "zod"
import { nothing, operation } from "#auth/api-operation.ts"
import { layBefore, withdrawApproval } from "#domain/approvals/lay-before.ts"
import { viewApproval } from "#domain/approvals/view-approval.ts"
import { takeBackDelivery } from "#domain/deliveries/plan-delivery.ts"
import { viewDelivery } from "#domain/deliveries/view-delivery.ts"
import { approvals, delivery, deliveryId, dutchMoment, toApprovals, toDelivery } from "./schemas.ts"

const onlyId = z.strictObject({})
const shared = { params: deliveryId, query: onlyId, form: null } as const

/** Akkoord of the employer, and taking back what waits. The answer is given by a person on the portal, by name; no key gives it. */
export const approvalOperations = [
  operation({
    ...shared,
    id: "getApprovals",
    method: "GET",
    path: "/deliveries/{deliveryId}/approvals",
    scope: "deliveries:read",
    summary: "How often a delivery was laid before the employer, and what was answered",
    body: nothing,
    status: 200,
    answer: approvals,
    refusals: [],
    run: async (viewer, { params }) => {
      await viewDelivery(viewer, params)
      return toApprovals(await viewApproval(viewer, params))
    },
  }),
  operation({
    ...shared,
    id: "askApproval",
    method: "POST",
    path: "/deliveries/{deliveryId}/approvals",
    scope: "deliveries:send",
    summary: "Lay a staged delivery before the employer",
    notes: "On akkoord it goes out by itself, at once or at publishAt. Twice asks once.",
    body: z.strictObject({ comment: z.string().max(2000).optional(), publishAt: dutchMoment.optional() }).optional(),
    status: 201,
    answer: approvals,
    refusals: ["approval-nobody", "delivery-draft", "delivery-planned", "delivery-sending", "delivery-sent", "delivery-has-red", "delivery-empty", "publish-past", "publish-too-far", "publish-no-such-hour", "publish-hour-twice"],
    run: async (viewer, { params, body }, { now }) => {
      await layBefore(viewer, { ...params, comment: body?.comment ?? "", publishAt: body?.publishAt ?? null }, now)
      return toApprovals(await viewApproval(viewer, params))
    },
  }),
  operation({
    ...shared,
    id: "withdrawApproval",
    method: "DELETE",
    path: "/deliveries/{deliveryId}/approvals",
    scope: "deliveries:send",
    summary: "Take back what was laid before the employer, before the answer",
    body: nothing,
    status: 204,
    answer: nothing,
    refusals: ["delivery-draft", "delivery-planned", "delivery-sending", "delivery-sent"],
    run: async (viewer, { params }, { now }) => void (await withdrawApproval(viewer, params, now)),
  }),
  operation({
    ...shared,
    id: "takeBackDelivery",
    method: "POST",
    path: "/deliveries/{deliveryId}/take-back",
    scope: "deliveries:send",
    summary: "Take back a planned delivery before its publication date",
    body: nothing,
    status: 200,
    answer: delivery,
    refusals: ["delivery-draft", "delivery-reviewing", "delivery-sending", "delivery-sent"],
    run: async (viewer, { params }) => {
      await takeBackDelivery(viewer, params)
      return toDelivery(await viewDelivery(viewer, params))
    },
  }),
]
