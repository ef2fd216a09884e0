const WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2, -1]

/** The eleven test on nine digits as BSN and RSIN have it: last weight -1, sum divisible by 11 and above 0 (so not 000000000). */
export function passesElevenTest(nineDigits: string): boolean {
  if (!/^[0-9]{9}$/.test(nineDigits)) return false
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(nineDigits[index]), 0)
  return sum > 0 && sum % 11 === 0
}

/** True for nine plain digits that pass the eleven test. Anything else, with spaces or one digit short, is for normaliseBsn. */
export function isBsn(text: string): boolean {
  return passesElevenTest(text)
}

/** A BSN as people and spreadsheets write it (spaces, dots, a leading zero lost), as nine digits; null when it is none. */
export function normaliseBsn(text: string): string | null {
  const digits = text.replace(/[ .]/g, "")
  const nine = digits.length === 8 ? `0${digits}` : digits
  return isBsn(nine) ? nine : null
}

/** What a list shows of a BSN: its last three digits. Text that is no BSN is covered whole. */
export function maskBsn(bsn: string): string {
  return isBsn(bsn) ? `••••••${bsn.slice(-3)}` : "•••••••••"
}
