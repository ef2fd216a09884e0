import { z } from "zod"
import type { FormEntry } from "#auth/api-form.ts"
import { invalid, parse, type Asked } from "#auth/api-operation.ts"
import { OfFile, Reported, type FileAt } from "#auth/api-problem.ts"
import { MonthRefused, placeMonth, type SentDocument } from "#domain/deliveries/place-month.ts"
import { receiveTogether } from "#domain/deliveries/receive-together.ts"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import type { ToldDocument } from "#domain/deliveries/told-document.ts"
import { viewDelivery, type DeliveryView } from "#domain/deliveries/view-delivery.ts"
import { findEmployerByWageTaxNumber } from "#domain/parties/list-pages.ts"
import { closeApiUploads, openApiUpload } from "#domain/uploads/take-api-upload.ts"
import type { Viewer } from "#policy/viewer.ts"
import { normaliseWageTaxNumber } from "#policy/wage-tax-number.ts"
import { documentFields, toDelivery, wageTaxNumber, type sentUpload } from "./schemas.ts"

type Whose = { employerId?: string | undefined; wageTaxNumber?: string | undefined }
type Then = "draft" | "stage" | "send"

const settings = z.object({ employerId: z.uuid().optional(), wageTaxNumber: wageTaxNumber.optional(), then: z.enum(["draft", "stage", "send"]).default("draft") })
const settingNames = Object.keys(settings.shape)

/** Begins a delivery: an empty one, or a whole month, from a form or from what was sent by tus. */
export async function startOrPlace(viewer: Viewer, body: Whose & { then: Then; documents?: readonly SentUpload[] | undefined }, asked: Asked): Promise<DeliveryView> {
  const { plannedId: deliveryId, name: madeWith, now } = asked
  const { then, sent, ...whose } = asked.form ? await fromForm(asked.form, deliveryId) : { ...body, sent: body.documents ? uploadsOf(viewer, body.documents, asked) : null }
  if (then === "send") asked.needs("deliveries:send")
  const employerId = await employerOf(viewer, whose)
  if (!sent) {
    if (then !== "draft") throw invalid([{ field: "/documents", issue: "missing" }])
    await startDelivery(viewer, { employerId, deliveryId, madeWith }, now)
    return viewDelivery(viewer, { deliveryId })
  }
  await taking(viewer, sent, asked, async (documents) => {
    await placeMonth(viewer, { deliveryId, employerId, then, documents, madeWith, isSame: asked.form === null }, now).catch((error: unknown) => {
      throw error instanceof MonthRefused ? new Reported(error.refusal, toDelivery(error.view)) : error
    })
  })
  return viewDelivery(viewer, { deliveryId })
}

/** Adds files to a delivery, from a form or from what was sent by tus. */
export async function addFiles(viewer: Viewer, deliveryId: string, body: readonly SentUpload[], asked: Asked): Promise<void> {
  const first = asked.form && (await asked.form.next()).value
  if (asked.form && !first) throw invalid([{ field: "file", issue: "missing" }])
  const sent = asked.form && first ? documentsOf(first, asked.form, asked.plannedId) : uploadsOf(viewer, body, asked)
  await taking(viewer, sent, asked, (documents) => receiveTogether(viewer, { deliveryId, documents }))
}

type SentUpload = z.infer<typeof sentUpload>

/** Documents as they come, and which of them is being taken in. */
type Sent = { documents: AsyncGenerator<SentDocument>; at: () => FileAt | null; uploadIds: readonly string[] }

/** Takes documents in; what is refused tells over which of them, and what came by tus and was taken in is used up. */
async function taking(viewer: Viewer, { documents, at, uploadIds }: Sent, { plannedId: usedBy }: Asked, take: (documents: AsyncGenerator<SentDocument>) => Promise<void>): Promise<void> {
  await take(documents).catch((error: unknown) => {
    const file = at()
    throw file ? new OfFile(error, file) : error
  })
  if (uploadIds.length > 0) await closeApiUploads(viewer, { uploadIds, usedBy })
}

async function fromForm(form: AsyncIterator<FormEntry, undefined>, plannedId: string): Promise<Whose & { then: Then; sent: Sent }> {
  const first = (await form.next()).value
  if (!first) throw invalid([{ field: "file", issue: "missing" }])
  const fields = Object.entries(first.fields)
  const given = parse(settings, Object.fromEntries(fields.filter(([name]) => settingNames.includes(name))), "")
  const rest = { ...first, fields: Object.fromEntries(fields.filter(([name]) => !settingNames.includes(name))) }
  return { ...given, sent: documentsOf(rest, form, plannedId) }
}

/** What a package says of a file, all of it or nothing: without a kind there is nothing to say. */
function toldBy({ kind, year, period, employeeNumber }: z.infer<typeof documentFields>): ToldDocument | null {
  if (kind === undefined) {
    if ([year, period, employeeNumber].some((one) => one !== undefined)) throw invalid([{ field: "kind", issue: "missing" }])
    return null
  }
  if (year === undefined) throw invalid([{ field: "year", issue: "missing" }])
  return { kind, year, period: period ?? null, employeeNumber: employeeNumber ?? null }
}

/** The documents of a form as they come, each under an id that follows from the request's own: whoever sends it again sends the same ones. */
function documentsOf(first: FormEntry, others: AsyncIterator<FormEntry, undefined>, plannedId: string): Sent {
  let file: FileAt | null = null
  async function* documents(): AsyncGenerator<SentDocument> {
    let entry: FormEntry | undefined = first
    for (let place = 1; entry; place++) {
      file = { place, name: entry.file?.name.toWellFormed() ?? null }
      const told = toldBy(parse(documentFields, entry.fields, ""))
      if (!entry.file) throw invalid([{ field: "file", issue: "missing" }])
      yield { uploadId: idAfter(plannedId, place), name: entry.file.name, stream: entry.file.stream, told }
      file = null
      const next: IteratorResult<FormEntry, undefined> = await others.next()
      entry = next.value
    }
  }
  return { documents: documents(), at: () => file, uploadIds: [] }
}

/** The documents that were sent by tus, under ids as those of a form have. */
function uploadsOf(viewer: Viewer, sent: readonly SentUpload[], { plannedId, now }: Asked): Sent {
  let file: FileAt | null = null
  async function* documents(): AsyncGenerator<SentDocument> {
    for (const [index, { uploadId, ...fields }] of sent.entries()) {
      file = { place: index + 1, name: null }
      const told = toldBy(fields)
      const { name, stream } = await openApiUpload(viewer, { uploadId, usedBy: plannedId }, now)
      file = { place: index + 1, name }
      yield { uploadId: idAfter(plannedId, index + 1), name, stream, told }
    }
    file = null
  }
  return { documents: documents(), at: () => file, uploadIds: sent.map(({ uploadId }) => uploadId) }
}

/** The id that comes so many after another of the same moment. */
function idAfter(id: string, index: number): string {
  const tail = (BigInt(`0x${id.slice(24)}`) + BigInt(index)) & 0xffffffffffffn
  return `${id.slice(0, 24)}${tail.toString(16).padStart(12, "0")}`
}

async function employerOf(viewer: Viewer, { employerId, wageTaxNumber: written }: Whose): Promise<string> {
  const number = written === undefined ? null : normaliseWageTaxNumber(written)
  if ((employerId === undefined) === (number === null)) throw invalid([{ field: "employerId", issue: "give employerId or wageTaxNumber, one of the two" }])
  return employerId ?? findEmployerByWageTaxNumber(viewer, { wageTaxNumber: number ?? "" })
}
