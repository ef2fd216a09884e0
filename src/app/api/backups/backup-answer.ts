import { openBackup } from "#domain/package-backups/open-backup.ts"
import { readByteRange } from "#policy/byte-range.ts"
import { contentDisposition } from "#policy/file-name.ts"
import type { Viewer } from "#policy/viewer.ts"

const always = { "Cache-Control": "private, no-store", "Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin" }

/**
 * A back-up as a download, or the range of it that is asked (RFC 9110, 14), with the SHA-256 of the whole in Repr-Digest and, when the whole is sent, in
 * Content-Digest (RFC 9530). There is no validator to compare, so a range under If-Range is answered with the whole. Refuses
 * as openBackup does.
 */
export async function backupAnswer(viewer: Viewer, backupId: string, headers: Headers): Promise<Response> {
  const range = headers.has("if-range") ? null : readByteRange(headers.get("range"))
  const { name, size, sha256, part, stream } = await openBackup(viewer, { backupId, range })
  return new Response(stream, {
    status: part ? 206 : 200,
    headers: {
      ...always,
      "Content-Type": "application/octet-stream",
      "Content-Length": String(part ? part.end - part.start : size),
      ...(part ? { "Content-Range": `bytes ${part.start}-${part.end - 1}/${size}` } : { "Content-Digest": `sha-256=:${sha256}:` }),
      "Repr-Digest": `sha-256=:${sha256}:`,
      "Accept-Ranges": "bytes",
      "Content-Disposition": contentDisposition("attachment", name),
    },
  })
}
