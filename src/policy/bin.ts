const day = 24 * 60 * 60_000

/** How long an own file stays in the bin, in days. */
export const binDays = 30

/** What was put in the bin before this moment goes for good. */
export function binnedBefore(now: Date): Date {
  return new Date(now.getTime() - binDays * day)
}

/** How many days a file has left in the bin, rounded up; 0 when it goes tonight. */
export function daysLeft(binnedAt: Date, now: Date): number {
  return Math.min(binDays, Math.max(0, Math.ceil((binnedAt.getTime() - binnedBefore(now).getTime()) / day)))
}
