import { z } from "zod"
import { bytes, invalid, nothing, operation } from "#auth/api-operation.ts"
import { readItem } from "#domain/deliveries/preview-item.ts"
import { removeItem, removeUpload } from "#domain/deliveries/remove-from-delivery.ts"
import { viewDelivery } from "#domain/deliveries/view-delivery.ts"
import { maxUploads } from "#policy/upload-limits.ts"
import { addFiles } from "./place.ts"
import { delivery, deliveryId, documentFields, sentUpload, toDelivery } from "./schemas.ts"

const onlyId = z.strictObject({})
const documentId = deliveryId.extend({ documentId: z.uuid() })

/** What is in a delivery: files as they were handed in, and the documents that were found in them. */
export const documentOperations = [
  operation({
    id: "addDocuments",
    method: "POST",
    path: "/deliveries/{deliveryId}/documents",
    scope: "deliveries:write",
    summary: "Add files to a delivery that is a draft",
    notes:
      "PDF or XML, 100 MB a file. The fields before a file tell what it is; without kind the file is recognised, and one PDF with everybody's payslips is split. " +
      "As JSON it takes what was sent by tus. All of them or none; a refusal says in `file` over which. Files are read right after: ask the delivery until no file is `received`.",
    params: deliveryId,
    query: onlyId,
    body: z.strictObject({ documents: z.array(sentUpload).min(1).max(maxUploads) }).optional(),
    form: documentFields,
    status: 201,
    answer: delivery,
    refusals: ["delivery-staged", "delivery-reviewing", "delivery-planned", "delivery-sending", "delivery-sent", "delivery-full", "upload-twice", "upload-empty", "upload-too-large", "upload-not-supported", "upload-broken-off", "upload-unknown", "upload-not-whole", "employee-number-unknown", "item-needs-employee", "item-of-employer", "item-period-unknown", "item-media-type"],
    run: async (viewer, { params, body }, asked) => {
      if (!asked.form && !body) throw invalid([{ field: "file", issue: "missing" }])
      await addFiles(viewer, params.deliveryId, body?.documents ?? [], asked)
      return toDelivery(await viewDelivery(viewer, params))
    },
  }),
  operation({
    id: "getDocumentContent",
    method: "GET",
    path: "/deliveries/{deliveryId}/documents/{documentId}/content",
    scope: "deliveries:read",
    summary: "The bytes of a document, as it will be sent",
    params: documentId,
    query: onlyId,
    body: nothing,
    form: null,
    status: 200,
    answer: bytes,
    refusals: [],
    run: async (viewer, { params }) => {
      const { stream, mediaType, size } = await readItem(viewer, { itemId: params.documentId, deliveryId: params.deliveryId })
      return new Response(stream, { headers: { "Content-Type": mediaType, "Content-Length": String(size), "Content-Disposition": "attachment" } })
    },
  }),
  operation({
    id: "deleteDocument",
    method: "DELETE",
    path: "/deliveries/{deliveryId}/documents/{documentId}",
    scope: "deliveries:write",
    summary: "Take one document out of a delivery that was not sent",
    params: documentId,
    query: onlyId,
    body: nothing,
    form: null,
    status: 204,
    answer: nothing,
    refusals: ["delivery-reviewing", "delivery-planned", "delivery-sending", "delivery-sent"],
    run: async (viewer, { params }) => void (await removeItem(viewer, { itemId: params.documentId, deliveryId: params.deliveryId })),
  }),
  operation({
    id: "deleteFile",
    method: "DELETE",
    path: "/deliveries/{deliveryId}/files/{fileId}",
    scope: "deliveries:write",
    summary: "Take a file, with every document found in it, out of a delivery that was not sent",
    params: deliveryId.extend({ fileId: z.uuid() }),
    query: onlyId,
    body: nothing,
    form: null,
    status: 204,
    answer: nothing,
    refusals: ["delivery-reviewing", "delivery-planned", "delivery-sending", "delivery-sent"],
    run: async (viewer, { params }) => void (await removeUpload(viewer, { uploadId: params.fileId, deliveryId: params.deliveryId })),
  }),
]
