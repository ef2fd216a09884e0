import { useLocale } from "next-intl"
import { momentText, timeAgoText } from "./dates.ts"

/** "3 dagen geleden", with the exact moment on hover and for a screen reader. */
export function TimeAgo({ at, now }: { at: Date; now: Date }) {
  const exact = momentText(at)
  return (
    <time dateTime={at.toISOString()} title={exact}>
      {timeAgoText(at, now, useLocale())}
      <span className="vh"> ({exact})</span>
    </time>
  )
}
