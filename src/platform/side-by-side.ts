/**
 * Works on what comes, at most `most` at a time; nothing more is asked for while that many are being worked on. When one fails no more are begun; what was
 * begun is waited for, and then the first error is thrown.
 */
export async function sideBySide<Item>(items: AsyncIterable<Item> | Iterable<Item>, most: number, work: (item: Item) => Promise<unknown>): Promise<void> {
  const running = new Set<Promise<unknown>>()
  const failures: unknown[] = []
  try {
    for await (const item of items) {
      const mine = work(item)
        .catch((error: unknown) => failures.push(error))
        .finally(() => running.delete(mine))
      running.add(mine)
      if (running.size >= most) await Promise.race(running)
      if (failures.length > 0) break
    }
  } finally {
    await Promise.all(running)
  }
  if (failures.length > 0) throw failures[0]
}
