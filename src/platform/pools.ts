type Pooled = { close(): void }
type Kept<Opened> = { edition: string; opened: Opened; busy: number; usedAt: number }

/**
 * Keeps what was opened for one owner, to be used again: of the same edition alone, and no more than `most` at once, of which the one that was not used longest
 * goes first. What is in use when it has to go ends its work first.
 */
export function pools<Opened extends Pooled>(most: number) {
  const kept = new Map<string, Kept<Opened>>()

  function letGo(id: string, one: Kept<Opened>): void {
    kept.delete(id)
    if (one.busy === 0) one.opened.close()
  }

  async function use<Result>({ id, edition }: { id: string; edition: string }, open: () => Opened, work: (opened: Opened) => Promise<Result>): Promise<Result> {
    const known = kept.get(id)
    if (known && known.edition !== edition) letGo(id, known)
    const one = kept.get(id) ?? { edition, opened: open(), busy: 0, usedAt: 0 }
    kept.set(id, one)
    const [oldest] = kept.size > most ? [...kept].filter(([, other]) => other.busy === 0 && other !== one).toSorted(([, a], [, b]) => a.usedAt - b.usedAt) : []
    if (oldest) letGo(...oldest)
    one.busy += 1
    try {
      return await work(one.opened)
    } finally {
      one.busy -= 1
      one.usedAt = performance.now()
      if (one.busy === 0 && kept.get(id) !== one) one.opened.close()
    }
  }

  return { use, closeAll: () => [...kept].forEach((one) => letGo(...one)) }
}
