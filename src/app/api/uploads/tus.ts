import { Invalid } from "#policy/errors.ts"

/** The version of tus that is spoken (tus.io/protocols/resumable-upload, core and the extensions creation and termination). */
const version = "1.0.0"

/** An answer of the protocol, never kept by anything in between. */
export function tusAnswer(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status, headers: { "Tus-Resumable": version, "Cache-Control": "private, no-store", ...headers } })
}

/** What a creation announces: Upload-Length, which has to be known, and the name in Upload-Metadata. */
export function readCreation(headers: Headers): { length: number; name: string } {
  const length = readCount(headers.get("upload-length"))
  if (length === null) throw new Invalid("upload-length")
  const pairs = (headers.get("upload-metadata") ?? "").split(",").map((pair) => pair.trim().split(" "))
  const encoded = pairs.find(([key]) => key === "filename")?.[1] ?? ""
  return { length, name: new TextDecoder().decode(Buffer.from(encoded, "base64")) }
}

/** Where the bytes of a PATCH begin; null when they do not come as the protocol asks. */
export function readPatch(headers: Headers): { offset: number } | null {
  const offset = readCount(headers.get("upload-offset"))
  return offset === null || headers.get("content-type") !== "application/offset+octet-stream" ? null : { offset }
}

function readCount(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null
}
