import { setImmediate } from "node:timers/promises"

/** A long list in pieces, in order; everything else gets its turn in between. */
export async function* inBatches<Item>(items: readonly Item[], size = 50): AsyncGenerator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) {
    if (start > 0) await setImmediate()
    yield items.slice(start, start + size)
  }
}
