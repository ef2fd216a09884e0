import { subscribe } from "node:diagnostics_channel"
import { IncomingMessage } from "node:http"
import { env } from "#platform/env.ts"
import { sourceHeader, sourceOf } from "#platform/request-source.ts"

/**
 * Next calls this once, before a server process answers anything. Two things have to be done with a request before Next sees it.
 * The standard Request cannot be made for TRACE (Fetch standard, "forbidden method"), so that Next would fail with a bare 500 before any code of ours;
 * renamed to what nobody serves it is refused like every other method that we do not know. And Next tells nobody who is at the other end of the
 * connection, but passes on whatever a client says of itself: the source is written down here, over what was sent.
 */
export function register(): void {
  subscribe("http.server.request.start", (message) => {
    const request = typeof message === "object" && message !== null && "request" in message ? message.request : null
    if (!(request instanceof IncomingMessage)) return
    if (request.method === "TRACE") request.method = "TRACE-REFUSED"
    const forwarded = request.headers["x-forwarded-for"]
    request.headers[sourceHeader] = sourceOf(request.socket.remoteAddress, Array.isArray(forwarded) ? forwarded.join(",") : forwarded, env().TRUSTED_PROXIES)
  })
}
