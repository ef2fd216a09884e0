import { z } from "zod"
import { bytes, nothing, operation } from "#auth/api-operation.ts"
import { ApiRefusal } from "#auth/api-problem.ts"
import { beginBackup } from "#domain/package-backups/begin-backup.ts"
import type { BackupView } from "#domain/package-backups/backup-views.ts"
import { describeBackup, pinBackup, removeBackup, unpinBackup } from "#domain/package-backups/change-backup.ts"
import { listBackups, viewBackup } from "#domain/package-backups/view-backups.ts"
import { BACKUP_STATES, backupRules } from "#policy/backup-rules.ts"
import { Invalid } from "#policy/errors.ts"
import { backupAnswer } from "../backups/backup-answer.ts"
import { employerId, page, paging } from "./schemas.ts"

const backupId = z.object({ backupId: z.uuid() })
const none = z.strictObject({})
const year = z.coerce.number().int().min(2000).max(2100)
const moment = z.iso.datetime().nullable()
const description = z.string().max(1000).describe(`At most ${backupRules.description} characters`)

/** A back-up as the API tells it. */
export const backup = z.strictObject({
  id: z.uuid(),
  employerId: z.uuid(),
  year: z.int(),
  name: z.string(),
  description: z.string(),
  size: z.int().min(1),
  received: z.int().min(0).describe("How many bytes came in"),
  sha256: z.string().nullable().describe("In hexadecimal; null until it is known"),
  state: z.enum(BACKUP_STATES).describe("coming: bytes are missing; checking: all of it is in and is being read; kept: it is a back-up; refused: it is not what was announced, `refusal` says why"),
  refusal: z.string().nullable(),
  by: z.string().describe("What whoever sent it was called then"),
  beganAt: z.iso.datetime(),
  keptAt: moment,
  pinned: z.boolean(),
  checkedAt: moment.describe("When all of it was last read and compared"),
  damaged: z.boolean().describe("It cannot be read as it came; it does not count among those that are kept"),
})

const shared = { params: backupId, query: none, body: nothing, form: null, answer: nothing } as const

/** Back-ups of the payroll package: the last five of each payroll year are kept. */
export const backupOperations = [
  operation({
    id: "listBackups",
    method: "GET",
    path: "/employers/{employerId}/backups",
    scope: "backups:read",
    summary: "The kept back-ups of an employer, the newest first",
    params: employerId,
    query: z.strictObject({ year: year.optional().describe("Of this payroll year alone"), ...paging }),
    body: nothing,
    form: null,
    status: 200,
    answer: page(backup),
    refusals: [],
    run: async (viewer, { params, query: { cursor, limit, year: of } }) => {
      const { rows, next } = await listBackups(viewer, { ...params, limit, ...(of === undefined ? {} : { year: of }), ...(cursor === undefined ? {} : { cursor }) })
      return { rows: rows.map(toBackup), next }
    },
  }),
  operation({
    id: "beginBackup",
    method: "POST",
    path: "/employers/{employerId}/backups",
    scope: "backups:write",
    summary: "Begin to send a back-up of a payroll year",
    notes:
      "Up to 4 GB. Send its bytes to sendBackupBytes, and go on from where getBackupUpload says when the line breaks; it may take a week. When all of it is in, it is read as it was stored and compared with " +
      "`sha256`: ask getBackup until it is no longer `checking`. It is one of the kept only then, and in that moment the oldest beyond five goes.",
    params: employerId,
    query: none,
    body: z.strictObject({ name: z.string().min(1).max(500), size: z.int().min(0), year, sha256: z.string().nullable().describe("Of all of it, in hexadecimal; null when you cannot tell"), description: description.optional() }),
    form: null,
    status: 201,
    answer: backup,
    refusals: ["backups-by-office", "upload-empty", "backup-too-large", "backup-year", "backup-sha256", "backup-description", "backups-unfinished"],
    run: async (viewer, { params, body: { size, description: told = "", ...rest } }, { now, plannedId }) => toBackup(await beginBackup(viewer, { ...params, ...rest, length: size, description: told, backupId: plannedId }, now)),
  }),
  operation({
    ...shared,
    id: "getBackup",
    method: "GET",
    path: "/backups/{backupId}",
    scope: "backups:read",
    summary: "One back-up, in whatever state",
    status: 200,
    answer: backup,
    refusals: [],
    run: async (viewer, { params }) => toBackup(await viewBackup(viewer, params)),
  }),
  operation({
    ...shared,
    id: "getBackupContent",
    method: "GET",
    path: "/backups/{backupId}/content",
    scope: "backups:read",
    summary: "The bytes of a back-up as they came",
    notes: "With its SHA-256 in Repr-Digest (RFC 9530), and of a whole answer in Content-Digest too. A Range is answered with 206, one past the end with 416 (RFC 9110). A damaged back-up breaks off and gives no wrong byte.",
    status: 200,
    answer: bytes,
    refusals: ["range-past-end"],
    run: async (viewer, { params }, { request }) => backupAnswer(viewer, params.backupId, request.headers).catch(pastEnd),
  }),
  operation({
    ...shared,
    id: "describeBackup",
    method: "PUT",
    path: "/backups/{backupId}/description",
    scope: "backups:write",
    summary: "Say something else about a back-up",
    body: z.strictObject({ description }),
    status: 204,
    refusals: ["backup-description"],
    run: async (viewer, { params, body }) => void (await describeBackup(viewer, { ...params, ...body })),
  }),
  operation({
    ...shared,
    id: "pinBackup",
    method: "PUT",
    path: "/backups/{backupId}/pin",
    scope: "backups:write",
    summary: "Keep a back-up whatever comes",
    notes: "A pinned one stands beside the five of its year that are kept. At most five of a year are.",
    status: 204,
    refusals: ["backups-pinned", "backup-not-kept"],
    run: async (viewer, { params }, { now }) => void (await pinBackup(viewer, params, now)),
  }),
  operation({
    ...shared,
    id: "unpinBackup",
    method: "DELETE",
    path: "/backups/{backupId}/pin",
    scope: "backups:write",
    summary: "Let a back-up go when its time comes",
    status: 204,
    refusals: [],
    run: async (viewer, { params }) => void (await unpinBackup(viewer, params)),
  }),
  operation({
    ...shared,
    id: "deleteBackup",
    method: "DELETE",
    path: "/backups/{backupId}",
    scope: "backups:write",
    summary: "Remove a back-up, or stop one that is coming: at once and for good",
    status: 204,
    refusals: [],
    run: async (viewer, { params }) => void (await removeBackup(viewer, params)),
  }),
]

function toBackup({ length, landedAt, pinnedAt, checkedAt, damagedAt, beganAt, ...one }: BackupView): z.input<typeof backup> {
  const at = (date: Date | null) => date?.toISOString() ?? null
  return { ...one, size: length, beganAt: beganAt.toISOString(), keptAt: at(landedAt), checkedAt: at(checkedAt), pinned: pinnedAt !== null, damaged: damagedAt !== null }
}

/** A range past the end has a status of its own, and says how large the back-up is. */
function pastEnd(error: unknown): Response {
  if (!(error instanceof Invalid) || error.code !== "range-past-end") throw error
  throw new ApiRefusal(416, error.code, { headers: { "Content-Range": `bytes */${error.details["size"] ?? "*"}` } })
}
