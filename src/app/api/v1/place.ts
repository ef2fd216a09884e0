import { z } from "zod"
import type { FormEntry } from "#auth/api-form.ts"
import { invalid, parse, type Asked } from "#auth/api-operation.ts"
import { Reported } from "#auth/api-problem.ts"
import { MonthRefused, placeMonth, type SentDocument } from "#domain/deliveries/place-month.ts"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import type { ToldDocument } from "#domain/deliveries/told-document.ts"
import { viewDelivery, type DeliveryView } from "#domain/deliveries/view-delivery.ts"
import { findEmployerByWageTaxNumber } from "#domain/parties/list-pages.ts"
import type { Viewer } from "#policy/viewer.ts"
import { normaliseWageTaxNumber } from "#policy/wage-tax-number.ts"
import { documentFields, toDelivery, wageTaxNumber } from "./schemas.ts"

type Whose = { employerId?: string | undefined; wageTaxNumber?: string | undefined }

const settings = z.object({ employerId: z.uuid().optional(), wageTaxNumber: wageTaxNumber.optional(), then: z.enum(["draft", "stage", "send"]).default("draft") })
const settingNames = Object.keys(settings.shape)

/** Begins a delivery: an empty one from JSON, or a whole month from a form. */
export async function startOrPlace(viewer: Viewer, body: Whose, asked: Asked): Promise<DeliveryView> {
  const deliveryId = asked.plannedId
  if (!asked.form) {
    await startDelivery(viewer, { employerId: await employerOf(viewer, body), deliveryId }, asked.now)
    return viewDelivery(viewer, { deliveryId })
  }
  const first = (await asked.form.next()).value
  if (!first) throw invalid([{ field: "file", issue: "missing" }])
  const fields = Object.entries(first.fields)
  const { then, ...whose } = parse(settings, Object.fromEntries(fields.filter(([name]) => settingNames.includes(name))), "")
  if (then === "send") asked.needs("deliveries:send")
  const employerId = await employerOf(viewer, whose)
  const rest = { ...first, fields: Object.fromEntries(fields.filter(([name]) => !settingNames.includes(name))) }
  const documents = documentsOf(rest, asked.form, deliveryId)
  try {
    await placeMonth(viewer, { deliveryId, employerId, then, documents }, asked.now)
  } catch (error) {
    if (!(error instanceof MonthRefused)) throw error
    throw new Reported(error.refusal, toDelivery(error.view))
  }
  return viewDelivery(viewer, { deliveryId })
}

/** What a package says of a file, all of it or nothing: without a kind there is nothing to say. */
export function toldBy(fields: Readonly<Record<string, string>>): ToldDocument | null {
  const { kind, year, period, employeeNumber } = parse(documentFields, fields, "")
  if (kind === undefined) {
    if (Object.keys(fields).length > 0) throw invalid([{ field: "kind", issue: "missing" }])
    return null
  }
  if (year === undefined) throw invalid([{ field: "year", issue: "missing" }])
  return { kind, year, period: period ?? null, employeeNumber: employeeNumber ?? null }
}

/** The documents of a form as they come, each under an id that follows from the request's own: whoever sends it again sends the same ones. */
export async function* documentsOf(first: FormEntry, others: AsyncIterator<FormEntry, undefined>, plannedId: string): AsyncGenerator<SentDocument> {
  let entry: FormEntry | undefined = first
  for (let index = 1; entry; index++) {
    const told = toldBy(entry.fields)
    if (!entry.file) throw invalid([{ field: "file", issue: "missing" }])
    yield { uploadId: idAfter(plannedId, index), name: entry.file.name, stream: entry.file.stream, told }
    const next: IteratorResult<FormEntry, undefined> = await others.next()
    entry = next.value
  }
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
