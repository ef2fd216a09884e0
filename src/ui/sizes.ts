import type { Locale } from "#messages/locale.ts"
import { countText } from "./amounts.ts"

const units = ["bytes", "kB", "MB", "GB", "TB"]

/** A size in bytes as "58 kB" or "1,2 MB": steps of 1000, one decimal below ten from MB on. */
export function sizeText(bytes: number, locale: Locale = "nl"): string {
  const step = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1)
  const value = bytes / 1000 ** step
  const rounded = step < 2 || value >= 10 ? Math.round(value) : Math.round(value * 10) / 10
  return rounded === 1000 && step < units.length - 1 ? `1 ${units[step + 1]}` : `${countText(rounded, locale)} ${units[step]}`
}
