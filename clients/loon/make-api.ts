import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { argv } from "node:process"
import type { Shape } from "./answer-shape.ts"

/**
 * `node clients/loon/make-api.ts <address or file>`: makes api.ts from the OpenAPI document that a portal serves at /api/v1/openapi.json. Only what the
 * program asks for is in it, so that an operation more changes nothing here.
 */
const asked = ["listEmployers", "listEmployees", "listDeliveries", "createDelivery", "getDelivery", "deleteDelivery", "sendDelivery", "getWithdrawal", "withdrawDelivery", "deleteDocument", "deleteFile", "beginUpload", "getUpload", "sendBytes", "listBackups", "beginBackup", "getBackup", "getBackupUpload", "sendBackupBytes"]

/** The text of api.ts for this OpenAPI document. Throws when an operation is not there, or answers in a way that this does not know. */
export function apiFrom(document: unknown): string {
  const all = Object.entries(field(document, "paths")).flatMap(([path, methods]) =>
    Object.entries(record(methods)).map(([method, one]) => ({ path, method: method.toUpperCase(), one: record(one) })),
  )
  const entries = asked.map((id) => {
    const found = all.find(({ one }) => one["operationId"] === id)
    if (!found) throw new Error(`No operation ${id}`)
    return [id, { method: found.method, path: found.path, scope: String(found.one["x-scope"]), answer: answerOf(field(found.one, "responses")) }] as const
  })
  return `import type { Told } from "./answer-shape.ts"

/** Made by make-api.ts from the portal's OpenAPI document; not to be changed by hand. */
export const operations = {
${entries.map(([id, one]) => `  ${id}: ${JSON.stringify(one)},`).join("\n")}
} as const

export type OperationId = keyof typeof operations
export type Answer<Id extends OperationId> = Told<(typeof operations)[Id]["answer"]>
`
}

function answerOf(responses: Record<string, unknown>): Shape {
  const done = Object.entries(responses).find(([status]) => status.startsWith("2"))?.[1]
  const content = record(done)["content"]
  return content === undefined ? "none" : shapeOf(field(field(content, "application/json"), "schema"))
}

function shapeOf(schema: Record<string, unknown>): Shape {
  const { type, anyOf } = schema
  if (Array.isArray(anyOf)) return either(anyOf.map((one) => record(one)))
  if (Array.isArray(type)) return either(type.map((one: unknown) => ({ type: one })))
  if (type === "array") return ["list", shapeOf(field(schema, "items"))]
  if (type === "integer" || type === "number") return "number"
  if (type === "string" || type === "boolean") return type
  if (type !== "object") throw new Error(`Not a known kind of value: ${JSON.stringify(schema)}`)
  const required = Array.isArray(schema["required"]) ? schema["required"] : []
  const fields = Object.entries(field(schema, "properties")).filter(([name]) => required.includes(name))
  return Object.fromEntries(fields.map(([name, one]) => [name, shapeOf(record(one))]))
}

function either(schemas: readonly Record<string, unknown>[]): Shape {
  const [one, other, ...more] = schemas.filter(({ type }) => type !== "null").map(shapeOf)
  if (one === undefined || more.length > 0) throw new Error(`Not a known choice: ${JSON.stringify(schemas)}`)
  const shape: Shape = other === undefined ? one : ["one of", one, other]
  return schemas.some(({ type }) => type === "null") ? ["null or", shape] : shape
}

function field(value: unknown, name: string): Record<string, unknown> {
  return record(record(value)[name])
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null) throw new Error("Not an OpenAPI document")
  return Object.fromEntries(Object.entries(value))
}

if (import.meta.main) {
  const source = argv[2] ?? ""
  const text = /^https?:/.test(source) ? await (await fetch(source)).text() : await readFile(source, "utf8")
  await writeFile(join(import.meta.dirname, "api.ts"), apiFrom(JSON.parse(text)))
}
