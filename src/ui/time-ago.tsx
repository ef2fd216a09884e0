import { getLocale } from "next-intl/server"
import { momentText, timeAgoText } from "./dates.ts"

/** "3 dagen geleden", with the exact moment on hover and for a screen reader. */
export async function TimeAgo({ at, now }: { at: Date; now: Date }) {
  const exact = momentText(at)
  return (
    <time dateTime={at.toISOString()} title={exact}>
      {timeAgoText(at, now, await getLocale())}
      <span className="vh"> ({exact})</span>
    </time>
  )
}
