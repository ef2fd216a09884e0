import type { Handler } from "#auth/route-door.ts"
import { Invalid } from "#policy/errors.ts"

/** The version of tus that is spoken (tus.io/protocols/resumable-upload, core and the extensions creation and termination). */
const version = "1.0.0"

/** Has every answer of a handler say the version, refusals too, as the protocol asks. */
export function speaksTus(handler: Handler): Handler {
  return async (request, context) => {
    const answer = await handler(request, context)
    answer.headers.set("Tus-Resumable", version)
    if (answer.status === 412) answer.headers.set("Tus-Version", version)
    return answer
  }
}

/** An answer of the protocol, never kept by anything in between. */
export function tusAnswer(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status, headers: { "Cache-Control": "private, no-store", ...headers } })
}

/** Invalid "tus-version" for whoever says to speak another version. */
export function assertVersion(headers: Headers): void {
  const spoken = headers.get("tus-resumable")
  if (spoken !== null && spoken !== version) throw new Invalid("tus-version")
}

/** What a creation announces: Upload-Length, which has to be known, and the name in Upload-Metadata. */
export function readCreation(headers: Headers): { length: number; name: string } {
  assertVersion(headers)
  const length = readCount(headers.get("upload-length"))
  if (length === null) throw new Invalid("upload-length")
  return { length, name: readMetadata(headers).get("filename") ?? "" }
}

/** What Upload-Metadata holds: a text by its name. */
export function readMetadata(headers: Headers): Map<string, string> {
  const pairs = (headers.get("upload-metadata") ?? "").split(",").map((pair) => pair.trim().split(" "))
  return new Map(pairs.map(([name = "", encoded = ""]) => [name, new TextDecoder().decode(Buffer.from(encoded, "base64"))]))
}

/** Where the bytes of a PATCH begin, and how many come where that is said. Invalid "upload-content" when they do not come as the protocol asks. */
export function readPatch(headers: Headers): { offset: number; announced?: number } {
  assertVersion(headers)
  const offset = readCount(headers.get("upload-offset"))
  if (offset === null || headers.get("content-type") !== "application/offset+octet-stream") throw new Invalid("upload-content")
  return { offset, announced: readCount(headers.get("content-length")) ?? undefined }
}

function readCount(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null
}
