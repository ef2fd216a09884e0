/** Why a password may not be had, before anybody looks at how guessable it is; a key under errors in the catalogue. */
export type PasswordProblem = "password-too-short" | "password-too-short-with-step" | "password-too-long" | "password-own-data"

/**
 * In characters (code points): 15 at least, or 8 where a second step stands behind it; 128 at most, and no rules of composition (NIST SP 800-63B-4 section
 * 3.1.1.2, OWASP ASVS 6.2.1, 6.2.5 and 6.2.9).
 */
export const passwordLength = { min: 15, minWithSecondStep: 8, max: 128 } as const

/** Words of the product that are nobody's own, and no secret either (ASVS 6.1.2). */
export const contextWords = ["loondossier", "mijnloondossier", "loonstrook", "salaris", "payroll", "wachtwoord", "welkom"] as const

/** Judges the length of a new password, and how much of it are the person's own words (username, name, birth year, employer). Null when nothing is wrong with that. */
export function judgePassword(password: string, { own, hasSecondStep }: { own: readonly string[]; hasSecondStep: boolean }): PasswordProblem | null {
  const length = [...password.normalize("NFC")].length
  if (length < (hasSecondStep ? passwordLength.minWithSecondStep : passwordLength.min)) return hasSecondStep ? "password-too-short-with-step" : "password-too-short"
  if (length > passwordLength.max) return "password-too-long"
  return mostlyOwn(password.toLowerCase(), own) ? "password-own-data" : null
}

/** What is left after taking out the person's own words is too little to protect anything. */
function mostlyOwn(password: string, own: readonly string[]): boolean {
  const words = own.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length >= 3)
  const rest = words.sort((a, b) => b.length - a.length).reduce((text, word) => text.replaceAll(word, ""), password)
  return rest.length < password.length && [...rest].length < 8
}
