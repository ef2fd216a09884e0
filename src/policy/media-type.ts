import type { MediaType } from "./document-kinds.ts"

/** How many bytes from the start are needed to tell. */
export const headBytes = 1024

/**
 * What a file is, told from its first bytes and never from its name: a PDF has its header within the first 1,024 bytes
 * (ISO 32000-1 annex H, implementation note 13); XML begins with a tag. Null for anything else.
 */
export function mediaTypeOf(head: Uint8Array): MediaType | null {
  const text = Buffer.from(head.subarray(0, headBytes)).toString("latin1")
  if (text.includes("%PDF-")) return "application/pdf"
  const start = text.replace(/^\xef\xbb\xbf/, "").trimStart()
  if (/^<\?xml\s/.test(start) || /^<(?!!doctype html|html|svg)[A-Za-z_][\w.:-]*[\s>]/i.test(start)) return "application/xml"
  return null
}
