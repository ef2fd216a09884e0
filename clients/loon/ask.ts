import * as http from "node:http"

/** What is sent along: its media type, its length in bytes, and its bytes, again for each try. */
export type Body = { type: string; length: number; pieces: () => AsyncIterable<Uint8Array> }

/** A value as the body of a request. */
export function jsonBody(value: unknown): Body {
  const bytes = Buffer.from(JSON.stringify(value))
  return {
    type: "application/json",
    length: bytes.length,
    async *pieces() {
      yield bytes
    },
  }
}

export type Heard = { status: number; headers: http.IncomingHttpHeaders; text: string }

export type Asked = { method: string; headers: Readonly<Record<string, string>>; body: Body | null; quiet: number; signal: AbortSignal }

/** The line broke: after it stood (so that something may have been sent), or it never stood. `reason` is Node's code. */
export class Cut extends Error {
  readonly stood: boolean
  readonly reason: string
  constructor(stood: boolean, reason: string) {
    super(reason)
    this.name = "Cut"
    this.stood = stood
    this.reason = reason
  }
}

/** The most of an answer that is read, in bytes. */
const mostHeard = 64_000_000

/**
 * Asks something once, over a line of its own. Certificates are checked whatever the environment says, and a redirect is not followed: the key goes to
 * the address that was given and nowhere else. Throws Cut when the line breaks or is `quiet` milliseconds long, and whatever reading the body throws.
 */
export async function ask(url: URL, { method, headers, body, quiet, signal }: Asked): Promise<Heard> {
  const sent = body ? { ...headers, "Content-Type": body.type, "Content-Length": String(body.length) } : headers
  const options = { method, headers: sent, agent: false, timeout: quiet, signal }
  const request = url.protocol === "https:" ? (await import("node:https")).request(url, { ...options, rejectUnauthorized: true }) : http.request(url, options)
  let stood = false
  request.on("socket", (socket) => socket.on("connect", () => (stood = true)))
  request.on("timeout", () => request.destroy(new Cut(stood, "ETIMEDOUT")))
  const heard = new Promise<Heard>((resolve, reject) => {
    request.on("response", (response) => textOf(response).then((text) => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }), reject))
    request.on("error", reject)
    request.on("close", () => reject(new Cut(stood, "ECONNRESET")))
  })
  heard.catch(() => undefined)
  try {
    await Promise.race([pour(body, request).then(() => heard), heard])
    return await heard
  } catch (error) {
    throw error instanceof Error && "code" in error && typeof error.code === "string" && error.code !== "ABORT_ERR" ? new Cut(stood, error.code) : error
  } finally {
    request.destroy()
  }
}

/** Each piece is on its way before the next is asked: they may share their memory. */
async function pour(body: Body | null, request: http.ClientRequest): Promise<void> {
  if (body) {
    const closed = new Promise<void>((resolve) => request.on("close", resolve))
    for await (const piece of body.pieces()) {
      if (request.destroyed) return
      await Promise.race([new Promise((resolve) => request.write(piece, resolve)), closed])
    }
  }
  request.end()
}

async function textOf(response: http.IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of response) {
    size += piece.length
    if (size > mostHeard) throw new Cut(true, "EFBIG")
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString("utf8")
}
