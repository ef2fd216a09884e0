/** The first three letters of a month's name, in Dutch and in English, in the order of the months. */
const monthStarts = [["jan"], ["feb"], ["maa", "mar", "mrt"], ["apr"], ["mei", "may"], ["jun"], ["jul"], ["aug"], ["sep"], ["okt", "oct"], ["nov"], ["dec"]]

/**
 * A date of birth as people type it, as YYYY-MM-DD: 12-03-1988, 12/3/1988, 12.3.1988, 12 03 1988, 12031988, 12 maart 1988 or 1988-03-12.
 * Null when it is no date, or when day, month or a year in full is missing: 12-03-88 could be two people.
 */
export function readBirthDate(text: string): string | null {
  const written = text.trim().toLowerCase()
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(written)
  const usual = /^(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4})$/.exec(written) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(written)
  const named = /^(\d{1,2})[-/. ]+(\p{L}{3})\p{L}*\.?[-/. ]+(\d{4})$/u.exec(written)
  if (iso) return asDate(iso[1], iso[2], iso[3])
  if (usual) return asDate(usual[3], usual[2], usual[1])
  return named ? asDate(named[3], String(1 + monthStarts.findIndex((starts) => starts.includes(named[2] ?? ""))), named[1]) : null
}

function asDate(year = "", month = "", day = ""): string | null {
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`
  const found = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(found.getTime()) && found.toISOString().startsWith(date) ? date : null
}
