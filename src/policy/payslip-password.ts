import { Invalid } from "./errors.ts"

/** A mailed file can be tried on for years, without anybody noticing: longer than what opens an account behind limits on tries. */
const shortest = 12
const longest = 100
/** What every keyboard has and every program that reads a PDF takes in the same way (PDF 2.0 prepares anything else by RFC 4013, and not all do). */
const plain = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/

/** What somebody chose to open mailed payslips with. Invalid, at the field "password", when it is too short, too long or has other letters than a keyboard has. */
export function payslipPassword(text: string): string {
  if (!plain.test(text)) throw new Invalid("payslip-password-letters", { field: "password" })
  if (text.length < shortest || text.length > longest || new Set(text).size < 5) throw new Invalid("payslip-password-short", { field: "password", least: shortest, most: longest })
  return text
}
