import { z } from "zod"
import { nothing, operation } from "#auth/api-operation.ts"
import { beginApiUpload, cancelApiUpload, takeApiBytes, viewApiUpload } from "#domain/uploads/take-api-upload.ts"
import { assertVersion, readCreation, readPatch, tusAnswer } from "../uploads/tus.ts"

const uploadId = z.object({ uploadId: z.uuid() })
const version = { "Tus-Resumable": "1.0.0" }
const offset = { "Upload-Offset": "How many bytes came in" }
const shared = { path: "/uploads/{uploadId}", scope: "deliveries:write", params: uploadId, query: z.strictObject({}), body: nothing, form: null, answer: nothing } as const

/** Files that come in by the tus protocol, for a delivery that names them afterwards. */
export const uploadOperations = [
  operation({
    ...shared,
    id: "beginUpload",
    method: "POST",
    path: "/uploads",
    summary: "Begin to send a file by tus, that goes on where it was when the line breaks",
    notes:
      "tus 1.0.0 (https://tus.io/protocols/resumable-upload) with creation and termination. PDF or XML, 100 MB a file. Location is where its bytes go, and ends with the uploadId that a delivery names in " +
      "`documents`. Until then it is kept for a day, for the key that began it alone. Needs no Idempotency-Key: what is begun twice and never sent is forgotten.",
    params: z.object({}),
    tus: { asks: { ...version, "Upload-Length": "In bytes", "Upload-Metadata": "filename, a space, and the name in base64" }, answers: { Location: "Where its bytes go", ...offset }, bytes: false },
    status: 201,
    refusals: ["tus-version", "upload-length", "upload-empty", "upload-too-large", "uploads-unfinished"],
    run: async (viewer, _input, { request, now }) => {
      const { id } = await beginApiUpload(viewer, readCreation(request.headers), now)
      return tusAnswer(201, { Location: `/api/v1/uploads/${id}`, "Upload-Offset": "0" })
    },
  }),
  operation({
    ...shared,
    id: "getUpload",
    method: "HEAD",
    summary: "How far an upload is",
    tus: { asks: version, answers: { ...offset, "Upload-Length": "In bytes" }, bytes: false },
    status: 200,
    refusals: ["tus-version"],
    run: async (viewer, { params }, { request, now }) => {
      assertVersion(request.headers)
      const upload = await viewApiUpload(viewer, params, now)
      return tusAnswer(200, { "Upload-Offset": String(upload.offset), "Upload-Length": String(upload.length) })
    },
  }),
  operation({
    ...shared,
    id: "sendBytes",
    method: "PATCH",
    summary: "Send bytes of an upload, from where it is",
    notes: "What came in before a line breaks stays. Ask how far it is, and go on from there.",
    tus: { asks: { ...version, "Upload-Offset": "Where these bytes begin" }, answers: offset, bytes: true },
    status: 204,
    refusals: ["tus-version", "upload-content", "upload-offset", "upload-changed", "upload-broken-off", "upload-in-crumbs", "storage-full"],
    run: async (viewer, { params }, { request, now }) => {
      await viewApiUpload(viewer, params, now)
      const from = readPatch(request.headers)
      const upload = await takeApiBytes(viewer, { ...params, ...from, stream: request.body ?? new Blob([]).stream() }, now)
      return tusAnswer(204, { "Upload-Offset": String(upload.offset) })
    },
  }),
  operation({
    ...shared,
    id: "deleteUpload",
    method: "DELETE",
    summary: "Take an upload away before it is in a delivery",
    tus: { asks: version, answers: {}, bytes: false },
    status: 204,
    refusals: ["tus-version"],
    run: async (viewer, { params }, { request, now }) => {
      assertVersion(request.headers)
      await cancelApiUpload(viewer, params, now)
      return tusAnswer(204)
    },
  }),
]
