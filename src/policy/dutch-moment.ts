const inAmsterdam = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Amsterdam", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" })

/** A moment as a clock in the Netherlands shows it, YYYY-MM-DDTHH:MM: how a field for day and time holds it. */
export function clockTextOf(moment: Date): string {
  return inAmsterdam.format(moment).replace(" ", "T")
}

/** Why a day and time is no one moment: it is no date at all, the hour that is passed over in March, or the one that comes twice in October. */
export type NoMoment = "no-date" | "no-such-hour" | "hour-twice"

/** The moment at which a clock in the Netherlands shows YYYY-MM-DDTHH:MM, wherever the server stands; or why there is none, or more than one. */
export function momentOf(clockText: string): Date | NoMoment {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(clockText)) return "no-date"
  const asUtc = new Date(`${clockText}:00Z`)
  if (Number.isNaN(asUtc.getTime()) || !asUtc.toISOString().startsWith(clockText)) return "no-date"
  const shown = [1, 2].map((hours) => new Date(asUtc.getTime() - hours * 3_600_000)).filter((moment) => clockTextOf(moment) === clockText)
  const [only, second] = shown
  if (!only) return "no-such-hour"
  return second ? "hour-twice" : only
}
