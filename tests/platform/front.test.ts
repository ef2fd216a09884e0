import { createServer, type IncomingMessage, type Server } from "node:http"
import { afterAll, beforeAll, expect, test } from "vitest"
import { assertPassedFront } from "#auth/front.ts"
import { env } from "#platform/env.ts"
import { sourceHeader } from "#platform/request-source.ts"
import { register } from "../../src/instrumentation.ts"
import { useDatabase } from "../support/database.ts"
import { knock } from "../support/knock.ts"

useDatabase()

let server: Server
let url = ""
const came: IncomingMessage[] = []

beforeAll(async () => {
  register()
  server = createServer((request, response) => {
    came.push(request)
    if (!response.writableEnded) response.end("page")
  })
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve))
  const address = server.address()
  url = `http://localhost:${typeof address === "object" ? address?.port : ""}`
})
afterAll(() => server?.close())

const policyOf = (value: unknown) => String(value).replaceAll(/nonce-[0-9a-f-]{36}/g, "nonce-*")

test("a page goes out with a policy of its own, unseen by caches, and the framework reads the same policy", async () => {
  const [first, second] = await Promise.all([knock(url, "/werknemer/dossier?jaar=2026"), knock(url, "/werknemer/dossier?jaar=2026")])
  const policies = [first, second].map(({ headers }) => headers["content-security-policy"])
  expect(new Set(policies).size).toBe(2)
  expect(policies.map(policyOf)[0]).toContain("script-src 'self' 'nonce-*' 'strict-dynamic'; style-src 'self' 'nonce-*'")
  expect(first.headers["cache-control"]).toBe("private, no-store")
  expect(came.splice(0).map(({ headers }) => headers["content-security-policy"]).toSorted()).toEqual(policies.toSorted())
})

test.each(["/api/files/x", "/_next/static/chunks/x.js", "/fonts/x", "/pdfjs/x", "/icon.svg", "/icon.svg?icon.1"])("%s keeps to its own headers", async (path) => {
  const { status, headers } = await knock(url, path, { method: "POST", headers: { Origin: "https://elders.test" } })
  expect([status, headers["content-security-policy"], headers["cache-control"]]).toEqual([200, undefined, undefined])
})

test.each(["/icon.svgx", "/apix", "//api/x", "/%61pi/x", "/_next/data/x.json", "/x?y=/api/"])("%s is a page", async (path) => {
  expect(policyOf((await knock(url, path)).headers["content-security-policy"])).toContain("'nonce-*'")
})

test("what a client says of its source and its policy is overwritten", async () => {
  came.splice(0)
  await knock(url, "/", { headers: { [sourceHeader]: "203.0.113.9", "Content-Security-Policy": "script-src 'nonce-mine'", "X-Forwarded-For": "203.0.113.9" } })
  const [request] = came.splice(0)
  expect(["127.0.0.1", "0:0:0:0::/64"]).toContain(request?.headers[sourceHeader])
  expect(request?.headers["content-security-policy"]).not.toContain("nonce-mine")
})

test.each([["TRACE", "TRACE-REFUSED"], ["PROPFIND", "PROPFIND"]])("%s of a page is answered before the framework sees it, of a handler it comes to the framework as %s", async (method, name) => {
  came.splice(0)
  const answers = await Promise.all([knock(url, "/", { method }), knock(url, "/api/files/x", { method })])
  expect(answers.map(({ status, text }) => [status, text])).toEqual([[405, ""], [200, "page"]])
  expect(answers[0]?.headers["allow"]).toContain("POST")
  expect(came.splice(0).map((request) => request.method)).toEqual([name, name])
})

test.each(["", "null", "https://elders.test"])("a form from the origin %j is refused, one of our own page is not", async (origin) => {
  const post = (from: string) => knock(url, "/aanmelden", { method: "POST", headers: { Origin: from }, body: Buffer.alloc(100_000) })
  expect((await Promise.all([post(origin), post(env().PUBLIC_URL), post(url)])).map(({ status, text }) => [status, text])).toEqual([[403, ""], [200, "page"], [200, "page"]])
})

test("a page of which the request came before the front is not made, and the 404 of a handler that is not there is", async () => {
  came.splice(0)
  await Promise.all([knock(url, "/"), knock(url, "/api/geen")])
  for (const { headers } of came.splice(0)) expect(() => assertPassedFront({ get: (name) => headers[name]?.toString() ?? null })).not.toThrow()
  expect(() => assertPassedFront(new Headers())).toThrow("before the front")
})
