import { expect, test } from "vitest"
import { zipLength, zipOf } from "#platform/zip.ts"

const piece = new Uint8Array(65_536)
const piecesEach = 320

test("a zip of a gigabyte never reads ahead of who takes it, has one file open at a time, and is as long as was said", { timeout: 60_000 }, async () => {
  let [read, taken, open, mostOpen, mostAhead] = [0, 0, 0, 0, 0]
  const source = () => {
    let left = piecesEach
    open += 1
    mostOpen = Math.max(mostOpen, open)
    const end = () => void (open -= 1)
    return new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (left === 0) return void (end(), controller.close())
          left -= 1
          read += piece.length
          controller.enqueue(piece)
        },
        cancel: end,
      },
      { highWaterMark: 0 },
    )
  }
  const entries = Array.from({ length: 50 }, (_, nr) => ({ name: `${nr}.pdf`, size: piecesEach * piece.length, changedAt: new Date(0), open: async () => source() }))
  for await (const bytes of zipOf(entries)) {
    taken += bytes.length
    mostAhead = Math.max(mostAhead, read - taken)
  }
  expect([taken, read, open, mostOpen]).toEqual([zipLength(entries), 50 * piecesEach * piece.length, 0, 1])
  expect(mostAhead).toBeLessThan(4 * piece.length)
})
