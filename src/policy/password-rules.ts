/** Why a password is not strong enough; a key under errors in the catalogue. */
export type PasswordProblem = "password-too-short" | "password-too-long" | "password-own-data" | "password-too-simple"

/** Without a second step: 15 characters at least, 128 at most, no rules of composition (NIST SP 800-63B-4 section 3.1.1.2). */
export const passwordLength = { min: 15, max: 128 } as const

/** Judges a new password; `own` are the person's own words (username, name, birth year, employer). Null when it is good. */
export function judgePassword(password: string, own: readonly string[]): PasswordProblem | null {
  const characters = [...password.normalize("NFC")]
  if (characters.length < passwordLength.min) return "password-too-short"
  if (characters.length > passwordLength.max) return "password-too-long"
  if (new Set(characters.map((one) => one.toLowerCase())).size < 5 || isRun(characters)) return "password-too-simple"
  if (mostlyOwn(password.toLowerCase(), own)) return "password-own-data"
  return null
}

/** "abcdefghijklmno", "123456789012345": each character follows the one before it. */
function isRun(characters: readonly string[]): boolean {
  const steps = characters.slice(1).map((one, index) => (one.codePointAt(0) ?? 0) - (characters[index]?.codePointAt(0) ?? 0))
  const even = steps.filter((step) => step === steps[0] || Math.abs(step) === 9).length
  return even === steps.length && Math.abs(steps[0] ?? 2) <= 1
}

/** What is left after taking out the person's own words is too little to protect anything. */
function mostlyOwn(password: string, own: readonly string[]): boolean {
  const words = own.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length >= 3)
  const rest = words.sort((a, b) => b.length - a.length).reduce((text, word) => text.replaceAll(word, ""), password)
  return rest.length < password.length && [...rest].length < 8
}
