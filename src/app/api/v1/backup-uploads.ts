import { z } from "zod"
import { nothing, operation } from "#auth/api-operation.ts"
import { takeBackup, viewBackupProgress } from "#domain/package-backups/take-backup.ts"
import { assertVersion, readPatch, tusAnswer } from "../uploads/tus.ts"

const version = { "Tus-Resumable": "1.0.0" }
const offset = { "Upload-Offset": "How many bytes came in" }
const shared = { path: "/backups/{backupId}/upload", scope: "backups:write", params: z.object({ backupId: z.uuid() }), query: z.strictObject({}), body: nothing, form: null, answer: nothing } as const

/** The bytes of a back-up that beginBackup began, by the core of tus 1.0.0. */
export const backupUploadOperations = [
  operation({
    ...shared,
    id: "getBackupUpload",
    method: "HEAD",
    summary: "How far a back-up came in",
    tus: { asks: version, answers: { ...offset, "Upload-Length": "In bytes" }, bytes: false },
    status: 200,
    refusals: ["tus-version"],
    run: async (viewer, { params }, { request, now }) => {
      assertVersion(request.headers)
      const upload = await viewBackupProgress(viewer, params, now)
      return tusAnswer(200, { "Upload-Offset": String(upload.offset), "Upload-Length": String(upload.length) })
    },
  }),
  operation({
    ...shared,
    id: "sendBackupBytes",
    method: "PATCH",
    summary: "Send bytes of a back-up, from where it is",
    notes: "tus 1.0.0 (https://tus.io/protocols/resumable-upload). As many in one request as you like; what came in before a line breaks stays.",
    tus: { asks: { ...version, "Upload-Offset": "Where these bytes begin" }, answers: offset, bytes: true },
    status: 204,
    refusals: ["tus-version", "upload-content", "upload-offset", "upload-changed", "upload-broken-off", "upload-in-crumbs", "storage-full"],
    run: async (viewer, { params }, { request, now }) => {
      await viewBackupProgress(viewer, params, now)
      const from = readPatch(request.headers)
      const upload = await takeBackup(viewer, { ...params, ...from, stream: request.body ?? new Blob([]).stream() }, now)
      return tusAnswer(204, { "Upload-Offset": String(upload.offset) })
    },
  }),
]
