import { momentOf } from "#policy/dutch-moment.ts"
import { Invalid } from "#policy/errors.ts"

const farthest = 366 * 24 * 3_600_000

/**
 * The moment from which receivers may have a delivery, out of what somebody typed in Dutch time (YYYY-MM-DDTHH:MM); null for at once. Invalid, at `field`:
 * "publish-no-date", "publish-no-such-hour" and "publish-hour-twice" around the change of the clock, "publish-past", "publish-too-far" more than a year ahead.
 */
export function readPublishAt(typed: string | null, now: Date, field: string): Date | null {
  if (!typed) return null
  const moment = momentOf(typed)
  if (moment === "no-date") throw new Invalid("publish-no-date", { field })
  if (moment === "no-such-hour") throw new Invalid("publish-no-such-hour", { field })
  if (moment === "hour-twice") throw new Invalid("publish-hour-twice", { field })
  if (moment <= now) throw new Invalid("publish-past", { field })
  if (moment.getTime() - now.getTime() > farthest) throw new Invalid("publish-too-far", { field })
  return moment
}
