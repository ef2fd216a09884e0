import { z } from "zod"
import type { OperationFacts } from "#auth/api-operation.ts"
import { apiLimits } from "#policy/api-limits.ts"
import { operations } from "./operations.ts"

/** What any operation may answer beside its own: status, codes, and when. */
export const everywhere = [
  { status: 400, codes: ["key-in-address", "json-broken", "body-not-expected", "idempotency-key-missing", "upload-broken-off"], when: "What was sent cannot be read" },
  { status: 401, codes: ["key-missing", "key-refused"], when: "No key, or one that is unknown, over, revoked or resting" },
  { status: 403, codes: ["scope-missing", "forbidden"], when: "The key may not do this; `details.scope` names what it lacks" },
  { status: 404, codes: ["not-found"], when: "Not there, or not in sight of this key: the two are one answer" },
  { status: 409, codes: ["idempotency-running"], when: "Something else came first" },
  { status: 412, codes: ["tus-version"], when: "Another version of tus than 1.0.0" },
  { status: 413, codes: ["body-too-large"], when: "More than may be sent" },
  { status: 415, codes: ["json-expected", "form-expected"], when: "Not the kind of body that is taken here" },
  { status: 422, codes: ["request-invalid", "idempotency-reused"], when: "What was sent cannot be used; `fields` names what does not fit" },
  { status: 429, codes: ["rate-limited"], when: `More than ${apiLimits.perMinute} requests of one key in a minute; wait for Retry-After seconds` },
  { status: 500, codes: ["unexpected"], when: "A fault of ours; `details.reference` finds it in the log" },
] as const

/** What every refusal looks like (RFC 9457). */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string().describe("Stable, in kebab-case"),
  detail: z.string().describe("A sentence, in English or in Dutch by Accept-Language"),
  requestId: z.uuid(),
  details: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  fields: z.array(z.object({ field: z.string(), issue: z.string() })).optional(),
  file: z.object({ place: z.int().min(1), name: z.string().nullable() }).optional().describe("Which of several files it is about: its place among them, from 1"),
  report: z.unknown().optional(),
})

type Schema = Record<string, unknown>

/** A schema as OpenAPI 3.1 writes it (JSON Schema 2020-12), of what comes in or goes out. */
export function jsonSchema(schema: z.ZodType, io: "input" | "output"): Schema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, target: "draft-2020-12", unrepresentable: "any" })
  return rest
}

/** The OpenAPI 3.1 document of version 1, for a server at this address. */
export function openApi(address: string) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const one of operations) (paths[one.path] ??= {})[one.method.toLowerCase()] = describe(one)
  return {
    openapi: "3.1.0",
    info: { title: "Mijn LoonDossier", version: "1.0.0", description: "Hand in payroll documents for employers and their employees." },
    servers: [{ url: `${address}/api/v1` }],
    security: [{ key: [] }],
    paths,
    components: {
      securitySchemes: { key: { type: "http", scheme: "bearer", description: "A key made under Profiel, Koppelingen: ld_live_..." } },
      schemas: { Problem: jsonSchema(problem, "output") },
      responses: Object.fromEntries(everywhere.map(({ status, codes, when }) => [`Refused${status}`, refusal(`${when}. Codes: ${codes.join(", ")}.`)])),
    },
  }
}

function describe(one: OperationFacts) {
  const own = one.refusals.length > 0 ? ` Own refusals: ${one.refusals.join(", ")}.` : ""
  const isNamed = one.method === "POST" && !one.tus
  return {
    operationId: one.id,
    summary: one.summary,
    description: `${one.notes ?? one.summary}${/[.!?]$/.test(one.notes ?? "") ? "" : "."} Scope: ${one.scope}.${own}`,
    "x-scope": one.scope,
    "x-refusals": one.refusals,
    parameters: [...parametersOf(one.params, "path"), ...parametersOf(one.query, "query"), ...(isNamed ? [nameParameter] : []), ...headersOf(one)],
    ...(one.body || one.form || one.tus?.bytes ? { requestBody: { required: true, content: contentOf(one) } } : {}),
    responses: {
      [one.status]: { description: one.summary, ...answerHeaders(one), ...answerOf(one) },
      ...Object.fromEntries(everywhere.map(({ status }) => [status, { $ref: `#/components/responses/Refused${status}` }])),
    },
  }
}

const nameParameter = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "Required, but for dryRun=true. Names this request: sent again within a day, it gives the first answer and does nothing twice.",
  schema: { type: "string", minLength: 1, maxLength: 200 },
}

function parametersOf(schema: z.ZodObject, where: "path" | "query") {
  return Object.entries(schema.shape).map(([name, type]) => {
    const { description, ...rest } = propertyOf(type)
    return { name, in: where, required: where === "path", ...(description === undefined ? {} : { description }), schema: rest }
  })
}

function propertyOf(type: z.core.$ZodType): Schema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(type, { io: "input", target: "draft-2020-12", unrepresentable: "any" })
  return rest
}

function headersOf({ tus }: OperationFacts) {
  return Object.entries(tus?.asks ?? {}).map(([name, description]) => ({ name, in: "header", required: name !== "Upload-Metadata", description, schema: { type: "string" } }))
}

function answerHeaders({ tus }: OperationFacts) {
  const named = Object.entries({ ...tus?.answers })
  return named.length > 0 ? { headers: Object.fromEntries(named.map(([name, description]) => [name, { description, schema: { type: "string" } }])) } : {}
}

function contentOf({ body, form, tus }: OperationFacts) {
  return {
    ...(tus?.bytes ? { "application/offset+octet-stream": { schema: { type: "string", format: "binary" } } } : {}),
    ...(body ? { "application/json": { schema: jsonSchema(body, "input") } } : {}),
    ...(form ? { "multipart/form-data": { schema: withFile(jsonSchema(form, "input")) } } : {}),
  }
}

function withFile(schema: Schema): Schema {
  const properties = typeof schema["properties"] === "object" ? schema["properties"] : {}
  return { ...schema, properties: { ...properties, file: { type: "string", format: "binary", description: "May come more than once, each after its own fields" } }, required: ["file"] }
}

function answerOf({ answer }: OperationFacts) {
  if (answer === null) return {}
  return { content: answer === "application/octet-stream" ? { "*/*": { schema: { type: "string", format: "binary" } } } : { "application/json": { schema: jsonSchema(answer, "output") } } }
}

function refusal(description: string) {
  return { description, content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } } }
}
