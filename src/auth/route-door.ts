import type { z } from "zod"
import { Forbidden, Invalid, NotFound } from "#policy/errors.ts"
import { assertMayChange } from "#policy/may-change.ts"
import type { PartyKind, Viewer } from "#policy/viewer.ts"
import { answerTo } from "./answers.ts"
import { assertNotCrossSite, assertOwnOrigin } from "./origin.ts"
import { setUpAt } from "./page-door.ts"
import { currentViewer } from "./session.ts"

type Context = { params: Promise<Record<string, string | string[] | undefined>> }

export type Handler = (request: Request, context: Context) => Promise<Response>

/**
 * The door of a route handler: a viewer of one of these kinds, an address whose parts fit the schema, and for anything that changes something
 * a request from our own page, of who may change something there (`changes: false` is a POST that only reads). Refusals are JSON { code, message }; without a session it is 401 "signed-out", without
 * a second step where that is required 403 "second-step-first", and whoever comes from a form or link goes to sign in or to set one up.
 */
export function routeFor<Schema extends z.ZodType>(
  kinds: readonly PartyKind[],
  schema: Schema,
  run: (viewer: Viewer, input: z.output<Schema>, request: Request) => Promise<Response>,
  { changes = true } = {},
): Handler {
  return async (request, context) => {
    try {
      if (request.method === "GET" || request.method === "HEAD") assertNotCrossSite(request.headers)
      else assertOwnOrigin(request.headers)
      const viewer = await currentViewer()
      const leadsTo = !viewer ? "/aanmelden" : viewer.mustSetUp ? setUpAt : null
      if (leadsTo && request.headers.get("sec-fetch-dest") === "document") return new Response(null, { status: 303, headers: { Location: leadsTo, "Cache-Control": "private, no-store" } })
      if (!viewer) return refuse(401, "signed-out", (await answerTo(new Invalid("signed-out"))).sentence)
      if (viewer.mustSetUp) throw new Forbidden("second-step-first")
      if (!kinds.includes(viewer.kind)) throw new NotFound()
      if (changes && request.method !== "GET" && request.method !== "HEAD") assertMayChange(viewer)
      const query = Object.fromEntries(new URL(request.url).searchParams)
      const parsed = schema.safeParse({ ...query, ...(await context.params) })
      if (!parsed.success) throw new NotFound()
      return await run(viewer, parsed.data, request)
    } catch (error) {
      const { status, code, sentence } = await answerTo(error)
      return refuse(status, code, sentence, error instanceof Forbidden)
    }
  }
}

/**
 * The door of a handler that whoever holds a secret of its address may knock on: the program of somebody's mail, without a session, a cookie or an origin.
 * Refusals are JSON as at routeFor.
 */
export function publicRoute<Schema extends z.ZodType>(schema: Schema, run: (input: z.output<Schema>) => Promise<Response>): Handler {
  return async (_request, context) => {
    try {
      const parsed = schema.safeParse(await context.params)
      if (!parsed.success) throw new NotFound()
      return await run(parsed.data)
    } catch (error) {
      const { status, code, sentence } = await answerTo(error)
      return refuse(status, code, sentence)
    }
  }
}

function refuse(status: number, code: string, message: string, close = false): Response {
  const headers = { "Cache-Control": "private, no-store", "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'", ...(close ? { Connection: "close" } : {}) }
  return Response.json({ code, message }, { status, headers })
}
