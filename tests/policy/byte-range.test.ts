import { expect, test } from "vitest"
import { partOf, readByteRange } from "#policy/byte-range.ts"

test.each<[string | null, number, { start: number; end: number } | null]>([
  ["bytes=0-99", 1000, { start: 0, end: 100 }],
  ["bytes=900-", 1000, { start: 900, end: 1000 }],
  ["bytes=-100", 1000, { start: 900, end: 1000 }],
  ["bytes=-5000", 1000, { start: 0, end: 1000 }],
  ["bytes=500-99999", 1000, { start: 500, end: 1000 }],
  ["Bytes=999-999", 1000, { start: 999, end: 1000 }],
  ["bytes=1000-", 1000, null],
  ["bytes=-0", 1000, null],
  ["bytes=0-", 0, null],
  ["bytes=-1", 0, null],
])("%s of %i bytes", (header, size, part) => {
  const range = readByteRange(header)
  expect(range && partOf(range, size)).toEqual(part)
  expect(range).not.toBeNull()
})

test.each([null, "", "bytes", "bytes=", "bytes=-", "bytes=5-4", "bytes=a-b", "bytes=0-1,5-6", "lines=0-1", "bytes=1-2-3", "bytes=-1-", `bytes=${"9".repeat(16)}-`])("%j asks for the whole", (header) => {
  expect(readByteRange(header)).toBeNull()
})
