/** More is waiting for its turn than can be done in a reasonable time. */
export class TooBusy extends Error {}

/** Lets work run a few at a time, in the order in which it came; what comes while the line is full is refused with TooBusy. */
export function turns({ places, waiting: most }: { places: number; waiting: number }): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let busy = 0
  return async (work) => {
    if (busy >= places && waiting.length >= most) throw new TooBusy()
    if (busy >= places) await new Promise<void>((resolve) => waiting.push(resolve))
    else busy += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else busy -= 1
    }
  }
}
