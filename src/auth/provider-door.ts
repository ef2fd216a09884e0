import { createHash, timingSafeEqual } from "node:crypto"
import { drain } from "#platform/drain.ts"
import { env } from "#platform/env.ts"

const most = 1_000_000
const headers = { "Cache-Control": "no-store" }

/**
 * The door for a mail provider that posts a mail as it is on the wire (message/rfc822), with a secret of its own: as a bearer token, or as the password of Basic
 * for who can only be given an address. 204 when it was taken in, whatever it was; 404 where no secret is set, 401 with a wrong one, 415 for anything else and
 * 413 over a megabyte. Every answer is empty: nobody learns what is known here.
 */
export function bouncesDoor(take: (raw: Uint8Array) => Promise<unknown>): (request: Request) => Promise<Response> {
  return async (request) => {
    const expected = env().BOUNCE_SECRET
    if (expected === undefined) return answer(404)
    if (!isSame(shownIn(request.headers.get("authorization") ?? ""), expected)) return answer(401, { "WWW-Authenticate": 'Bearer realm="Mijn LoonDossier"', Connection: "close" })
    if (!/^message\/rfc822(?:\s*;|$)/i.test(request.headers.get("content-type") ?? "") || !request.body) return answer(415)
    const raw = await bytesOf(request.body.getReader())
    if (!raw) return answer(413, { Connection: "close" })
    await take(raw)
    return answer(204)
  }
}

function answer(status: number, extra: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status, headers: { ...headers, ...extra } })
}

function shownIn(authorization: string): string {
  const [, scheme = "", value = ""] = /^(Bearer|Basic) +(\S{1,1000})$/i.exec(authorization) ?? []
  return scheme.toLowerCase() === "basic" ? Buffer.from(value, "base64").toString().replace(/^[^:]*:/, "") : value
}

/** Takes as long for any two. */
function isSame(one: string, other: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest()
  return timingSafeEqual(hash(one), hash(other))
}

async function bytesOf(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return Buffer.concat(pieces)
    size += value.length
    if (size > most) {
      await drain(reader, 10 * most)
      return null
    }
    pieces.push(value)
  }
}
