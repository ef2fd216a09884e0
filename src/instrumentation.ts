import { subscribe } from "node:diagnostics_channel"
import { IncomingMessage } from "node:http"

/**
 * Next calls this once, before a server process answers anything. The standard Request cannot be made for TRACE (Fetch standard, "forbidden
 * method"), so that Next would fail with a bare 500 before any code of ours. Renamed to what nobody serves it is refused like every other
 * method that we do not know.
 */
export function register(): void {
  subscribe("http.server.request.start", (message) => {
    const request = typeof message === "object" && message !== null && "request" in message ? message.request : null
    if (request instanceof IncomingMessage && request.method === "TRACE") request.method = "TRACE-REFUSED"
  })
}
