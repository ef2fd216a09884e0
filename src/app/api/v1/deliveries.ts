import { z } from "zod"
import { nothing, operation } from "#auth/api-operation.ts"
import { planDelivery } from "#domain/deliveries/plan-delivery.ts"
import { stageWhole } from "#domain/deliveries/place-month.ts"
import { removeDelivery } from "#domain/deliveries/remove-from-delivery.ts"
import { sendDelivery, unstageDelivery } from "#domain/deliveries/stage-delivery.ts"
import { listDeliveryPage, viewDelivery } from "#domain/deliveries/view-delivery.ts"
import { maxUploads } from "#policy/upload-limits.ts"
import { startOrPlace } from "./place.ts"
import { reportOn } from "./report.ts"
import { delivery, deliveryId, deliveryState, deliverySummary, documentFields, dryRun, dutchMoment, page, paging, report, sentUpload, toDelivery, toSummary, wageTaxNumber } from "./schemas.ts"

const whose = { employerId: z.uuid().optional(), wageTaxNumber: wageTaxNumber.optional() }
const then = z.enum(["draft", "stage", "send"]).default("draft")
const onlyId = z.strictObject({})

/** Deliveries: begun, staged and sent. */
export const deliveryOperations = [
  operation({
    id: "listDeliveries",
    method: "GET",
    path: "/deliveries",
    scope: "deliveries:read",
    summary: "Deliveries, the newest first",
    params: z.object({}),
    query: z.strictObject({
      employer: z.uuid().optional(),
      state: deliveryState.optional(),
      idempotencyKey: z.string().min(1).max(200).optional().describe("Of the request that made it, however long ago"),
      document: z.uuid().optional().describe("The id of a document or file that is in it"),
      ...paging,
    }),
    body: nothing,
    form: null,
    status: 200,
    answer: page(deliverySummary),
    refusals: [],
    run: async (viewer, { query }) => {
      const { employer: employerId = null, state = null, idempotencyKey: madeWith = null, document: partId = null, cursor: after = null, limit } = query
      const { rows, next } = await listDeliveryPage(viewer, { employerId, state, madeWith, partId, after, limit })
      return { rows: rows.map(toSummary), next }
    },
  }),
  operation({
    id: "createDelivery",
    method: "POST",
    path: "/deliveries",
    scope: "deliveries:write",
    summary: "Begin a delivery, or place a whole month in one call",
    notes:
      "As JSON it begins an empty delivery. As a form it takes the documents along: first the fields employerId or wageTaxNumber, and then (draft, stage or send), and for each " +
      "document its fields followed by the file; `documents` names instead what was sent by tus. All of it or nothing: what is refused leaves no delivery, and `report` tells how it stood. With something red then=stage leaves a staged delivery whose `sending` tells so; then=send is refused. then=send also needs the scope deliveries:send.",
    params: z.object({}),
    query: z.strictObject({}),
    body: z.strictObject({ ...whose, then, documents: z.array(sentUpload).min(1).max(maxUploads).optional().describe("Files that were sent by tus, beginUpload") }).optional(),
    form: documentFields.extend({ ...whose, then }),
    status: 201,
    answer: delivery,
    refusals: ["delivery-by-office", "delivery-has-parked", "delivery-has-red", "delivery-has-refused", "employee-number-unknown", "item-period-unknown", "upload-twice", "upload-unknown", "upload-not-whole", "reading-busy"],
    run: async (viewer, { body }, asked) => toDelivery(await startOrPlace(viewer, body ?? { then: "draft" }, asked)),
  }),
  operation({
    id: "getDelivery",
    method: "GET",
    path: "/deliveries/{deliveryId}",
    scope: "deliveries:read",
    summary: "One delivery, with its files and the documents found in them",
    params: deliveryId,
    query: onlyId,
    body: nothing,
    form: null,
    status: 200,
    answer: delivery,
    refusals: [],
    run: async (viewer, { params }) => toDelivery(await viewDelivery(viewer, params)),
  }),
  operation({
    id: "deleteDelivery",
    method: "DELETE",
    path: "/deliveries/{deliveryId}",
    scope: "deliveries:write",
    summary: "Throw away a delivery that was not sent",
    params: deliveryId,
    query: onlyId,
    body: nothing,
    form: null,
    status: 204,
    answer: nothing,
    refusals: ["delivery-reviewing", "delivery-planned", "delivery-sending", "delivery-sent"],
    run: async (viewer, { params }) => void (await removeDelivery(viewer, params)),
  }),
  operation({
    id: "stageDelivery",
    method: "POST",
    path: "/deliveries/{deliveryId}/stage",
    scope: "deliveries:write",
    summary: "Say that a delivery is complete",
    notes: "Every file must have been read, and every document have somebody. With dryRun=true the answer is a report, and no Idempotency-Key is needed.",
    params: deliveryId,
    query: z.strictObject({ dryRun }),
    body: nothing,
    form: null,
    status: 200,
    answer: z.union([delivery, report]),
    refusals: ["delivery-still-reading", "delivery-has-parked", "delivery-has-refused", "delivery-empty", "delivery-reviewing", "delivery-planned", "delivery-sending", "delivery-sent"],
    run: async (viewer, { params, query }, { now }) => {
      if (query.dryRun === "true") return reportOn(await viewDelivery(viewer, params), "stage")
      await stageWhole(viewer, params, now)
      return toDelivery(await viewDelivery(viewer, params))
    },
  }),
  operation({
    id: "unstageDelivery",
    method: "POST",
    path: "/deliveries/{deliveryId}/unstage",
    scope: "deliveries:write",
    summary: "Open a staged delivery again for changes",
    params: deliveryId,
    query: onlyId,
    body: nothing,
    form: null,
    status: 200,
    answer: delivery,
    refusals: ["delivery-reviewing", "delivery-planned", "delivery-sending", "delivery-sent"],
    run: async (viewer, { params }) => {
      await unstageDelivery(viewer, params)
      return toDelivery(await viewDelivery(viewer, params))
    },
  }),
  operation({
    id: "sendDelivery",
    method: "POST",
    path: "/deliveries/{deliveryId}/send",
    scope: "deliveries:send",
    summary: "Send a staged delivery",
    notes:
      "Twice sends once. The documents are placed right after, and `state` becomes sent; with publishAt it becomes planned, and until then receivers have nothing of it. " +
      "With dryRun=true the answer is a report, and no Idempotency-Key is needed.",
    params: deliveryId,
    query: z.strictObject({ dryRun }),
    body: z.strictObject({ publishAt: dutchMoment.optional() }).optional(),
    form: null,
    status: 200,
    answer: z.union([delivery, report]),
    refusals: ["delivery-draft", "delivery-reviewing", "delivery-has-red", "delivery-empty", "approval-needed", "publish-past", "publish-too-far", "publish-no-such-hour", "publish-hour-twice"],
    run: async (viewer, { params, query, body }, { now }) => {
      if (query.dryRun === "true") return reportOn(await viewDelivery(viewer, params), "send")
      if (body?.publishAt) await planDelivery(viewer, { ...params, publishAt: body.publishAt }, now)
      else await sendDelivery(viewer, params)
      return toDelivery(await viewDelivery(viewer, params))
    },
  }),
]
