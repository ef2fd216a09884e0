/** One range of bytes as a request asks it: from `first` on, up to and with `last` or the end; without `first` the last `last` bytes. */
export type ByteRange = { first: number | null; last: number | null }

/**
 * The range that a Range header asks (RFC 9110, 14.2), or null for the whole: without the header, in another unit, when it is malformed, and for
 * several ranges at once, which need not be answered as such.
 */
export function readByteRange(header: string | null): ByteRange | null {
  const [, from = "", to = ""] = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/i.exec(header ?? "") ?? []
  if (from === "" && to === "") return null
  const [first, last] = [from === "" ? null : Number(from), to === "" ? null : Number(to)]
  return first !== null && last !== null && last < first ? null : { first, last }
}

/** What a range means in a file of this size: from `start` up to `end`, at least one byte. Null when nothing of the file is in it. */
export function partOf({ first, last }: ByteRange, size: number): { start: number; end: number } | null {
  const start = first ?? Math.max(size - (last ?? 0), 0)
  const end = first === null || last === null ? size : Math.min(last + 1, size)
  return start < end ? { start, end } : null
}
