import { subscribe } from "node:diagnostics_channel"
import { IncomingMessage, ServerResponse } from "node:http"
import { passFront } from "#auth/front.ts"

/** Next calls this once, before a server process answers anything: from then on each request passes the front before Next sees it. */
export function register(): void {
  subscribe("http.server.request.start", (message) => {
    if (typeof message !== "object" || message === null || !("request" in message && "response" in message)) return
    const { request, response } = message
    if (request instanceof IncomingMessage && response instanceof ServerResponse) passFront(request, response)
  })
}
