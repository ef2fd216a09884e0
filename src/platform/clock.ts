let reading: () => Date = () => new Date()

/** The time, in one place, so that a test can set it. Use cases are handed it as `now`; only doors and jobs ask. */
export function now(): Date {
  return reading()
}

/** Lets a test decide what time it is. Returns what puts the real clock back. */
export function setClock(instead: () => Date): () => void {
  const before = reading
  reading = instead
  return () => {
    reading = before
  }
}
