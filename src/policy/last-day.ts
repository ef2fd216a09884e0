const hourInAmsterdam = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Amsterdam", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", hourCycle: "h23" })

/** The day of a moment in the Netherlands, YYYY-MM-DD, wherever the server stands. */
export function dayOf(moment: Date): string {
  return hourInAmsterdam.format(moment).slice(0, 10)
}

/** The end of a day in the Netherlands, YYYY-MM-DD: the moment at which the next one begins. Null when it is no date. */
export function endOfDay(date: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null
  const midnight = new Date(`${date}T00:00:00Z`)
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(date)) return null
  const ends = [22, 23].map((hour) => new Date(midnight.getTime() + hour * 3_600_000))
  return ends.find((end) => hourInAmsterdam.format(end).endsWith(" 00")) ?? null
}
