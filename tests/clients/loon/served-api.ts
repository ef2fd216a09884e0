import type { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { apiFor } from "#auth/api-door.ts"
import { operations } from "../../../src/app/api/v1/operations.ts"
import { serve } from "./sink.ts"

/** The API itself on a line of its own, without the pages around it and without a worker beside it. */
export async function serveApi(): ReturnType<typeof serve> {
  const answer = apiFor(operations)
  return serve((request, response) => {
    const hasBody = request.method === "POST" || request.method === "PUT" || request.method === "PATCH"
    const body = hasBody ? bytesOf(request) : null
    const sent = { method: request.method ?? "GET", headers: headersOf(request.headers), body, duplex: "half" }
    void answer(new Request(`http://localhost:3000${request.url}`, sent)).then(async (given) => {
      response.writeHead(given.status, Object.fromEntries(given.headers))
      if (given.body) await pipeline(given.body, response).catch(() => undefined)
      else response.end()
    })
  })
}

function headersOf(headers: Readonly<Record<string, string | string[] | undefined>>): Headers {
  return new Headers(Object.entries(headers).flatMap(([name, value]): [string, string][] => (typeof value === "string" ? [[name, value]] : [])))
}

function bytesOf(request: Readable): ReadableStream<Uint8Array> {
  const pieces = request[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(new Uint8Array(value))
    },
    cancel: () => void request.destroy(),
  })
}
