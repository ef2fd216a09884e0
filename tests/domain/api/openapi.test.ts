import { describe, expect, test } from "vitest"
import { z } from "zod"
import en from "#messages/en.json" with { type: "json" }
import { apiScopes } from "#policy/api-scopes.ts"
import { openApi, everywhere } from "../../../src/app/api/v1/openapi.ts"
import { operations } from "../../../src/app/api/v1/operations.ts"
import { referencePage } from "../../../src/app/api/v1/reference.ts"

const document = openApi("https://portaal.voorbeeld.test")

/** The shape of OpenAPI 3.1 (spec.openapis.org/oas/v3.1.1) as far as it is used here; what is more is refused. */
const schema = z.record(z.string(), z.unknown())
const media = z.strictObject({ schema })
const content = z.record(z.string().regex(/^[\w*+.-]+\/[\w*+.-]+$/), media)
const described = z.strictObject({ description: z.string().min(1), content: content.optional(), headers: z.record(z.string(), z.strictObject({ description: z.string(), schema })).optional() })
const reference = z.strictObject({ $ref: z.string().startsWith("#/components/") })
const operation = z.strictObject({
  operationId: z.string().regex(/^[a-zA-Z]+$/),
  summary: z.string().min(1),
  description: z.string().min(1),
  "x-scope": z.string(),
  "x-refusals": z.array(z.string()),
  parameters: z.array(z.strictObject({ name: z.string(), in: z.enum(["path", "query", "header"]), required: z.boolean(), description: z.string().optional(), schema })),
  requestBody: z.strictObject({ required: z.boolean(), content }).optional(),
  responses: z.record(z.string().regex(/^[1-5]\d\d$/), z.union([described, reference])),
})
const openApiShape = z.strictObject({
  openapi: z.literal("3.1.0"),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  servers: z.array(z.strictObject({ url: z.url() })).min(1),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  paths: z.record(z.string().startsWith("/"), z.partialRecord(z.enum(["get", "head", "post", "put", "patch", "delete"]), operation)),
  components: z.strictObject({
    securitySchemes: z.record(z.string(), z.strictObject({ type: z.literal("http"), scheme: z.literal("bearer"), description: z.string() })),
    schemas: z.record(z.string(), schema),
    responses: z.record(z.string(), described),
  }),
})

/** Every reference of a document, and whether it leads somewhere in it. */
function deadReferences(value: unknown, root: unknown): string[] {
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([key, inside]) => {
    if (key !== "$ref" || typeof inside !== "string") return deadReferences(inside, root)
    const found = inside.slice(2).split("/").reduce<unknown>((at, step) => (typeof at === "object" && at !== null ? Object.entries(at).find(([name]) => name === step)?.[1] : undefined), root)
    return found === undefined ? [inside] : []
  })
}

describe("the OpenAPI document", () => {
  test("has the shape of OpenAPI 3.1, every reference leads somewhere, and it survives JSON", () => {
    expect(openApiShape.safeParse(document).error?.issues ?? []).toEqual([])
    expect(deadReferences(document, document)).toEqual([])
    expect(JSON.parse(JSON.stringify(document))).toEqual(document)
  })

  test("has every operation of the table once, with every id of its path as a parameter and a scope that exists", () => {
    const told = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
    expect(told.toSorted()).toEqual(operations.map(({ method, path }) => `${method} ${path}`).toSorted())
    expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length)
    for (const { path, params, scope, query } of operations) {
      expect(Object.keys(params.shape).toSorted()).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted())
      expect(Object.hasOwn(apiScopes, scope)).toBe(true)
      expect(query.safeParse({ nonsense: "x" }).success).toBe(false)
    }
  })

  test("tells of every refusal a code that has a sentence", () => {
    const codes = [...everywhere.flatMap(({ codes: those }) => those), ...operations.flatMap(({ refusals }) => refusals)]
    expect(codes.filter((code) => !Object.hasOwn(en.errors, code))).toEqual([])
  })

  test("stands on the page too, with an example of each operation", () => {
    const page = referencePage("https://portaal.voorbeeld.test")
    for (const { id, method, path } of operations) {
      expect(page).toContain(`id="${id}"`)
      expect(page).toContain(`curl -X ${method} &quot;https://portaal.voorbeeld.test/api/v1${path}&quot;`)
    }
  })
})
