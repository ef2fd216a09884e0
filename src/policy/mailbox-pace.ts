const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** How many mails a mailbox sends when nobody chose: under what the providers allow (Google: 500 a day for a person, 2,000 for an office; Microsoft: 30 a minute). */
export const usualPace = { perMinute: 20, perDay: 450 } as const
export const mostPace = { perMinute: 600, perDay: 100_000 } as const

/** How long nothing is tried after the so manieth failure of the mailbox itself, in milliseconds. Sparing: providers lock who tries often. */
const retryAfter = [1, 5, 15, 60, 120, 240].map((minutes) => minutes * minute)
/** Its owners are told when it failed this long. */
export const tellAfter = 4 * hour
/** A mail that tries whether the mailbox works again has this long before another one does. */
export const probeTime = 3 * minute
/** A mail waits this long at most before it looks again. */
export const longestWait = hour

/** When a mailbox is tried again that failed for the so manieth time, counted from 1. */
export function retryAt(failures: number, now: Date): Date {
  return new Date(now.getTime() + (retryAfter[Math.min(failures, retryAfter.length) - 1] ?? minute))
}

/** When a mail is tried again to which a server said "later" for the so manieth time, counted from 1: ever later, an hour at most. Null when it is given up. */
export function mailRetryAt(tries: number, now: Date): Date | null {
  return tries > 20 ? null : new Date(now.getTime() + Math.min(hour, 5000 * 2 ** (tries - 1)))
}

export type Pace = { perMinute: number; perDay: number; nextAt: Date | null; dayAt: Date | null; dayCount: number }
/** `at`: the turn of this mail. `kept`: what the mailbox remembers; null when the turn is too far off to keep, and the mail asks again then. */
export type Turn = { at: Date; kept: Pick<Pace, "nextAt" | "dayAt" | "dayCount"> | null }

/**
 * The turn of the next mail: evenly spaced over a minute, and no more than so many in 24 hours. Turns within the hour are kept; what would come later asks
 * again after an hour, so that another pace is known to all by then.
 */
export function takeTurn({ perMinute, perDay, nextAt, dayAt, dayCount }: Pace, now: Date): Turn {
  const at = new Date(Math.max(now.getTime(), nextAt?.getTime() ?? 0))
  const isNewDay = !dayAt || at.getTime() - dayAt.getTime() >= day
  const count = isNewDay ? 0 : dayCount
  const isFull = count >= perDay
  if (isFull || at.getTime() - now.getTime() > longestWait) return { at: new Date(now.getTime() + longestWait), kept: null }
  return { at, kept: { nextAt: new Date(at.getTime() + minute / perMinute), dayAt: isNewDay ? at : dayAt, dayCount: count + 1 } }
}
