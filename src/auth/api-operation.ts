import { z } from "zod"
import type { ApiScope } from "#policy/api-scopes.ts"
import { NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import type { FormEntry } from "./api-form.ts"
import { ApiRefusal, type FieldIssue } from "./api-problem.ts"

/**
 * Around a request: its moment, the id that whatever it makes is to have, the name that it gave itself, what was sent as a form, the request itself (of tus, whose
 * body nobody has read), and asking for one scope more: 403 without it.
 */
export type Asked = {
  now: Date
  plannedId: string
  name: string | null
  form: AsyncIterator<FormEntry, undefined> | null
  request: Request
  needs: (scope: ApiScope) => void
}

type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE"

/** What there is to know of an operation without running it: the router, the OpenAPI document, the page and the tests go by this. */
export type OperationFacts = {
  id: string
  method: Method
  /** Under /api/v1, with the names of its ids in braces. */
  path: string
  scope: ApiScope
  summary: string
  /** What one has to know beside the schemas. */
  notes?: string
  params: z.ZodObject
  query: z.ZodObject
  /** Of the JSON body; null where there is none. */
  body: z.ZodType | null
  /** Of the fields of a multipart form, the files being `file`; null where none is taken. */
  form: z.ZodObject | null
  /** Speaks tus: the names of the headers that are asked and answered, each with what it holds. Its body is bytes, and it needs no name. */
  tus?: { asks: Readonly<Record<string, string>>; answers: Readonly<Record<string, string>>; bytes: boolean }
  status: number
  /** Of the JSON answer; null for none, or a media type for bytes. */
  answer: z.ZodType | null | "application/octet-stream"
  /** Codes of refusals of its own, beside those that any operation may give. */
  refusals: readonly string[]
}

/** One operation of the API. `call` gets what came in as it came, and refuses what does not fit. */
export type Operation = OperationFacts & {
  call: (viewer: Viewer, given: { params: unknown; query: unknown; body: unknown }, asked: Asked) => Promise<Response>
}

type Told<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType, Answer extends z.ZodType> = Omit<OperationFacts, "params" | "query" | "body" | "answer"> & {
  params: Params
  query: Query
  body: Body
  answer: Answer
  run: (viewer: Viewer, input: { params: z.output<Params>; query: z.output<Query>; body: z.output<Body> }, asked: Asked) => Promise<z.input<Answer> | Response>
}

/** In the place of a schema: there is no such thing. */
export const nothing = z.undefined()

/** In the place of the schema of an answer: bytes, in a Response of their own. */
export const bytes = z.never()

/**
 * Makes an operation: what comes in goes through its schemas before `run`, and what `run` gives goes through the schema of the answer, so that no answer ever
 * tells more than it promises. What is no id is NotFound; whatever else does not fit is 422 "request-invalid" with the fields.
 */
export function operation<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType, Answer extends z.ZodType>(
  told: Told<Params, Query, Body, Answer>,
): Operation {
  const { run, body, answer, ...facts } = told
  return {
    ...facts,
    body: isNothing(body) ? null : body,
    answer: isNothing(answer) ? null : answer.type === "never" ? "application/octet-stream" : answer,
    async call(viewer, given, asked) {
      const params = told.params.safeParse(given.params)
      if (!params.success) throw new NotFound()
      const input = { params: params.data, query: parse(told.query, given.query, ""), body: parse(body, given.body, "/") }
      const result = await run(viewer, input, asked)
      if (result instanceof Response) return result
      if (isNothing(answer)) return new Response(null, { status: told.status })
      return Response.json(answer.parse(result), { status: told.status })
    },
  }
}

/** Checks something against a schema; refuses with the fields that do not fit, as `prefix` and where they stand. */
export function parse<Schema extends z.ZodType>(schema: Schema, given: unknown, prefix: string): z.output<Schema> {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  throw invalid(parsed.error.issues.slice(0, 20).flatMap((issue) => issuesOf(issue, prefix)))
}

/** 422 "request-invalid", with the fields. */
export function invalid(fields: readonly FieldIssue[]): ApiRefusal {
  return new ApiRefusal(422, "request-invalid", { fields })
}

function issuesOf(issue: z.core.$ZodIssue, prefix: string): FieldIssue[] {
  const at = issue.path.map(String)
  const field = (path: readonly string[]) => `${prefix}${path.join("/")}` || "body"
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => ({ field: field([...at, key.slice(0, 60)]), issue: "unknown" }))
  return [{ field: field(at), issue: issue.code === "invalid_type" && issue.input === undefined ? "missing" : issue.message.slice(0, 200) }]
}

function isNothing(schema: z.ZodType): boolean {
  return schema.type === "undefined"
}
