import { z } from "zod"
import type { ApprovalView } from "#domain/approvals/view-approval.ts"
import type { ListedDelivery } from "#domain/deliveries/delivery-views.ts"
import type { DeliveryView } from "#domain/deliveries/view-delivery.ts"
import { apiLimits } from "#policy/api-limits.ts"
import { DOCUMENT_KINDS } from "#policy/document-kinds.ts"
import { normaliseWageTaxNumber } from "#policy/wage-tax-number.ts"

export const moment = z.iso.datetime()
const day = z.iso.date()
const count = z.int().min(0)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** What pages are asked by: after which row, and how many at most. `next` of the page before is the cursor of this one. */
export const paging = {
  cursor: z.uuid().optional().describe("`next` of the page before; leave out for the first page"),
  limit: z.coerce.number().int().min(1).max(apiLimits.page.most).default(apiLimits.page.usual),
}

export const page = <Row extends z.ZodType>(row: Row) => z.strictObject({ rows: z.array(row), next: z.uuid().nullable().describe("The cursor of the next page; null on the last one") })

export const dryRun = z.enum(["true", "false"]).default("false").describe("true: tell what would happen, and change nothing")

export const employerId = z.object({ employerId: z.uuid() })
export const employeeId = employerId.extend({ employeeId: z.uuid() })
export const deliveryId = z.object({ deliveryId: z.uuid() })

export const wageTaxNumber = z
  .string()
  .max(30)
  .refine((text) => normaliseWageTaxNumber(text) !== null, "wage-tax-number-invalid")
  .describe("Nine digits, L and two digits, as 123456782L01")

export const employer = z.strictObject({
  id: z.uuid(),
  number: z.string().nullable().describe("The number of this client at the office"),
  name: z.string(),
  wageTaxNumber: z.string(),
  periodKind: z.enum(["month", "four-weeks"]),
})

/** Where somebody stands with getting in. */
const access = z.enum(["none", "uninvited", "invited", "delivered", "bounced", "withdrawn", "tries-used", "active", "blocked", "taken"])

export const employee = z.strictObject({
  id: z.uuid(),
  number: z.string(),
  initials: z.string(),
  prefix: z.string().nullable(),
  surname: z.string(),
  email: z.string().nullable(),
  employedFrom: day.nullable(),
  employedTo: day.nullable(),
  access,
})

const text = z.string().max(500).optional()

/** One employee as a payroll package has it. What is left out stays as it is. */
export const employeeRow = z.strictObject({
  number: z.string().min(1).max(35).describe("The personnel number, by which employees are matched"),
  ...{ initials: text, prefix: text, surname: text },
  birthDate: text.describe("yyyy-mm-dd"),
  bsn: text.describe("Nine digits that pass the eleven test"),
  email: text,
  ...{ street: text, houseNumber: text, houseNumberAddition: text, postcode: text, city: text, country: text.describe("Two letters; NL where left out") },
  employmentFrom: text.describe("yyyy-mm-dd"),
  employmentTo: text.describe('yyyy-mm-dd; "" for an employment without an end'),
})

const previewed = z.object({ number: z.string(), initials: z.string().nullable(), prefix: z.string().nullable(), surname: z.string().nullable(), line: z.int().nullable() })
const shown = <Row extends z.ZodType>(row: Row) => z.object({ count, rows: z.array(row).describe("The first 200") })

/** What an import does, or would do. `line` counts the rows that were sent from 1. */
export const importReport = z.object({
  dryRun: z.boolean(),
  added: shown(previewed),
  changed: shown(previewed.extend({ fields: z.array(z.string()) })),
  doubtful: shown(previewed.extend({ known: previewed })).describe("The number may have gone to somebody else: changed only when `confirmed` names it"),
  returning: shown(previewed.extend({ known: previewed, until: z.string().nullable(), mayRenumber: z.boolean() })).describe("Worked here before, under another number: comes in only as `returning` says"),
  same: count,
  gone: shown(previewed).describe("Known here and not sent; nobody is ever removed"),
  conflicts: shown(previewed.extend({ code: z.string() })),
  problems: shown(z.object({ line: z.int(), code: z.string(), field: z.string().nullable(), blocking: z.boolean() })),
})

export const deliveryState = z.enum(["draft", "staged", "reviewing", "planned", "sending", "sent"]).describe("reviewing: laid before the employer; planned: goes out at publishAt")

export const deliverySummary = z.strictObject({ id: z.uuid(), employerId: z.uuid(), state: deliveryState, createdAt: moment, stagedAt: moment.nullable(), publishAt: moment.nullable(), sentAt: moment.nullable(), withdrawnAt: moment.nullable().describe("When all that it brought was withdrawn at once") })

const sentFile = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  mediaType: z.string(),
  size: count,
  sha256: sha256.describe("Of the bytes as they were sent"),
  state: z.enum(["received", "read", "refused"]).describe("received: is being read; refused: cannot be used, `refusal` says why"),
  refusal: z.string().nullable(),
  pages: count.nullable(),
})

const document = z.strictObject({
  id: z.uuid(),
  fileId: z.uuid().describe("The file it was found in"),
  kind: z.enum(DOCUMENT_KINDS),
  year: z.int().nullable(),
  period: z.int().nullable(),
  periodKind: z.enum(["month", "four-weeks"]).nullable(),
  employee: z.strictObject({ id: z.uuid(), number: z.string(), name: z.string() }).nullable(),
  pages: count,
  mediaType: z.string(),
  size: count,
  sha256: sha256.describe("Of the bytes of getDocumentContent"),
  parked: z.string().nullable().describe("Why nobody has it yet; null when it is ready"),
  check: z.strictObject({ level: z.enum(["green", "amber", "red"]), code: z.string() }).describe("What sending it means; red has to be put right first"),
})

const refusals = z.strictObject({ ok: z.boolean(), refusals: z.array(z.strictObject({ code: z.string(), count: count.nullable() })) })

export const delivery = deliverySummary.extend({
  files: z.array(sentFile),
  documents: z.array(document),
  sending: refusals.describe("What sending it would run into now; also of one that was staged with something red, which may be staged and not sent"),
})

/** What staging or sending would run into. */
export const report = refusals.extend({ delivery })

const year = z.coerce.number().int().min(2000).max(2100)

/** What a package says of the file that follows; without `kind` the file is recognised. */
export const documentFields = z.strictObject({
  kind: z.enum(DOCUMENT_KINDS).optional(),
  year: year.optional(),
  period: z.coerce.number().int().min(1).max(13).optional(),
  employeeNumber: z.string().min(1).max(35).optional(),
})

/** A file that was sent by tus, with what a package says of it. */
export const sentUpload = z.strictObject({
  uploadId: z.uuid(),
  kind: z.enum(DOCUMENT_KINDS).optional(),
  year: z.int().min(2000).max(2100).optional(),
  period: z.int().min(1).max(13).optional(),
  employeeNumber: z.string().min(1).max(35).optional(),
})

/** A moment as a clock in the Netherlands shows it. */
export const dutchMoment = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/).describe("YYYY-MM-DDTHH:MM, Dutch time; at most a year ahead")

const round = z.strictObject({
  id: z.uuid(),
  number: z.int().min(1),
  publishAt: moment.nullable(),
  answer: z.enum(["approved", "refused", "withdrawn"]).nullable().describe("null: nobody answered yet"),
  hasLapsed: z.boolean().describe("Approved, but the delivery was changed since"),
  entries: z.array(z.strictObject({ kind: z.string(), name: z.string(), comment: z.string().nullable(), at: moment })),
})

export const approvals = z.strictObject({ rounds: z.array(round) })

export const nullableMoment = (at: Date | null) => at?.toISOString() ?? null

/** What staging or sending would run into now. Something red may be staged, and not sent. */
export function refusalsOf(view: DeliveryView, what: "stage" | "send"): z.input<typeof refusals> {
  const { delivery: { state }, uploads, items } = view
  const counted = (code: string, number: number) => (number > 0 ? [{ code, count: number }] : [])
  const states = what === "stage" ? ["draft", "staged"] : ["staged", "planned", "sending", "sent"]
  const found = [
    ...(states.includes(state) ? [] : [{ code: `delivery-${state}`, count: null }]),
    ...counted("delivery-still-reading", uploads.filter((upload) => upload.state === "received").length),
    ...counted("delivery-has-refused", uploads.filter((upload) => upload.state === "refused").length),
    ...counted("delivery-has-parked", items.filter((item) => item.parked !== null).length),
    ...counted("delivery-has-red", items.filter((item) => item.parked === null && item.check.level === "red").length),
    ...(what === "send" && state === "staged" && view.needsApproval ? [{ code: "approval-needed", count: null }] : []),
    ...(items.length === 0 ? [{ code: "delivery-empty", count: null }] : []),
  ]
  return { ok: !found.some(({ code }) => what === "send" || code !== "delivery-has-red"), refusals: found }
}

const toHex = (hash: Uint8Array) => Buffer.from(hash).toString("hex")

/** A delivery as the API tells it. */
export function toDelivery(view: DeliveryView): z.input<typeof delivery> {
  const { delivery: { id, employerId: of, state, createdAt, stagedAt, publishAt, sentAt, withdrawnAt }, uploads, items } = view
  return {
    ...{ id, employerId: of, state, createdAt: createdAt.toISOString(), stagedAt: nullableMoment(stagedAt), publishAt: nullableMoment(publishAt), sentAt: nullableMoment(sentAt), withdrawnAt: nullableMoment(withdrawnAt) },
    files: uploads.map(({ id: fileId, name, mediaType, size, sha256: hash, state: reading, refusal, pages }) => ({ id: fileId, name, mediaType, size, sha256: toHex(hash), state: reading, refusal, pages })),
    documents: items.map((item) => ({
      id: item.id,
      fileId: item.uploadId,
      kind: DOCUMENT_KINDS.find((kind) => kind === item.kind) ?? "other",
      year: item.year,
      period: item.period,
      periodKind: item.periodKind === "four-weeks" || item.periodKind === "month" ? item.periodKind : null,
      employee: item.employee && item.employeeId ? { id: item.employeeId, number: item.employee.number, name: item.employee.name } : null,
      pages: item.pages.length,
      mediaType: item.mediaType,
      size: item.size,
      sha256: toHex(item.sha256),
      parked: item.parked,
      check: { level: item.check.level, code: item.check.code },
    })),
    sending: refusalsOf(view, "send"),
  }
}

/** A delivery in a list. */
export function toSummary({ createdAt, stagedAt, publishAt, sentAt, withdrawnAt, ...one }: ListedDelivery): z.input<typeof deliverySummary> {
  return { ...one, createdAt: createdAt.toISOString(), stagedAt: nullableMoment(stagedAt), publishAt: nullableMoment(publishAt), sentAt: nullableMoment(sentAt), withdrawnAt: nullableMoment(withdrawnAt) }
}

/** An access state as the API names it; whatever is new is "none" until it has a name here. */
export function toAccess(text: string): z.infer<typeof access> {
  return access.options.find((one) => one === text) ?? "none"
}

/** A day of a date that has no time. */
export function toDay(date: Date | null): string | null {
  return date?.toISOString().slice(0, 10) ?? null
}

/** The history of akkoord as the API tells it. */
export function toApprovals({ rounds }: ApprovalView): z.input<typeof approvals> {
  return {
    rounds: rounds.map(({ entries, publishAt, ...one }) => ({
      ...one,
      publishAt: nullableMoment(publishAt),
      entries: entries.map(({ kind, name, comment, at }) => ({ kind, name, comment, at: at.toISOString() })),
    })),
  }
}
