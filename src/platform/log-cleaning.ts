/** What stands in a log in place of something that must not. */
export const hidden = "[hidden]"

const deepest = 8
const longest = 4000

/** Names of fields that hold a person's data or a secret, in any spelling: first_name, firstName and FIRST-NAME are one. */
const hiddenNames = new Set(
  (
    "name fullname displayname firstname lastname surname coresurname initials prefix infix username login user file filename originalname title subject " +
    "address street housenumber postcode postalcode zipcode city place phone telephone mobile birthdate dateofbirth born to cc bcc from recipient recipients " +
    "iban account accountnumber salary amount text html body content bytes data payload query params parameters values args otp totp pin"
  ).split(" "),
)
const hiddenParts = /password|passwd|pwd|secret|token|cookie|authorization|credential|masterkey|apikey|privatekey|bsn|mail|signature|session/
const isId = /mailids?$/
/** A count or a yes says nothing about anybody; these would. */
const hiddenAsNumber = new Set(["otp", "totp", "pin", "salary", "amount", "account", "accountnumber", "bsn", "password", "housenumber"])

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/.source
const nineDigits = /(?<![0-9A-Za-z])\d(?:[ .\u00a0-]?\d){8}(?![0-9A-Za-z])|(?<!\d)\d{8,9}(?!\d)/.source
const longWord = /[A-Za-z0-9_-]{20,}={0,2}/.source
const identifying = new RegExp(`(${uuid})|(${nineDigits})|(${longWord})`, "gi")
const mailAddress = /(?:[^\s<>]+ ){0,4}<[^\s<>]+(?:@|＠|﹫)[^\s<>]*>|(?:"[^"]+"|[^\s<>"'`(),;:/\\=&?@＠﹫]+)(?:@|＠|﹫|%40)[\p{L}\p{N}[][\p{L}\p{N}.:\]-]*/giu
const urlCredentials = /(\w+:\/\/)[^\s/@]+@/g
const queryValue = /([?&][^=\s&]*(?:token|code|key|secret|sign?|signature|password|otp)[^=\s&]*=)[^&\s"']+/gi
const jsonWebToken = /eyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)?/g
const iban = /\b[A-Z]{2}\d{2}[ ]?(?:[A-Z0-9]{4}[ ]?){2,7}[A-Z0-9]{1,4}\b/g
const terminalCodes = /\x1b\[[0-9;?]*[ -/]*[@-~]/g
/** Whatever ends a line, moves the cursor or turns the writing direction. */
const unprintable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu

/** A text without mail addresses, BSNs, tokens and account numbers, on one line. A UUID stays: it names a row, not a person. */
export function cleanText(text: string): string {
  return text
    .slice(0, longest)
    .replace(terminalCodes, "")
    .replace(unprintable, " ")
    .replace(urlCredentials, `$1${hidden}@`)
    .replace(mailAddress, hidden)
    .replace(jsonWebToken, hidden)
    .replace(queryValue, `$1${hidden}`)
    .replace(iban, (found) => (/\d{6}/.test(found.replaceAll(" ", "")) ? hidden : found))
    .replace(identifying, (found, isUuid?: string, digits?: string) => {
      if (isUuid) return found
      if (digits) return passesElevenTest(digits) ? hidden : found
      return isLikeToken(found) ? hidden : found
    })
}

/** A copy of any value that is safe to log: fields hidden by name, texts cleaned, errors reduced to what `cleanError` keeps. */
export function cleanValue(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return cleanText(value)
  if (typeof value === "number" || typeof value === "bigint") return passesElevenTest(String(value)) ? hidden : typeof value === "bigint" ? String(value) : value
  if (typeof value !== "object" || value === null) return typeof value === "function" || typeof value === "symbol" ? undefined : value
  if (depth >= deepest) return "[deeper]"
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "[no date]" : value.toISOString()
  if (value instanceof Error) return cleanError(value, depth)
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`
  if (value instanceof URL) return cleanText(value.href)
  if (value instanceof Map || value instanceof Set) return cleanValue([...value], depth)
  if (Array.isArray(value)) return value.slice(0, 100).map((one) => cleanValue(one, depth + 1))
  return cleanFields(value, depth)
}

function cleanFields(value: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(value).map(([key, inside]) => [cleanText(key), mustHide(key, inside) ? hidden : cleanValue(inside, depth + 1)])
  return Object.fromEntries(entries)
}

function mustHide(key: string, value: unknown): boolean {
  if (value === undefined || value === null || typeof value === "boolean") return false
  const plain = key.toLowerCase().replace(/[^a-z]/g, "")
  if (typeof value === "number") return hiddenAsNumber.has(plain)
  return hiddenNames.has(plain) || (hiddenParts.test(plain) && !isId.test(plain))
}

/**
 * What is kept of an error: its kind, code, cleaned message, where it happened and what caused it. The message of a database error
 * quotes what was stored or asked, so that its code, table and constraint stand in its place.
 */
export function cleanError(error: Error, depth = 0): Record<string, unknown> {
  const code = textField(error, "code")
  const ofDatabase = isOfDatabase(error, code)
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line))
  const cause = error.cause instanceof Error && depth < deepest ? cleanError(error.cause, depth + 1) : undefined
  const several = error instanceof AggregateError ? error.errors.slice(0, 5).map((one) => cleanValue(one, depth + 1)) : undefined
  return {
    type: cleanText(error.name || error.constructor.name),
    code: code === undefined ? undefined : cleanText(code),
    message: ofDatabase ? ["database error", code, textField(error, "table"), textField(error, "constraint")].filter(Boolean).join(" ") : cleanText(error.message),
    at: frames.slice(0, 20).map((line) => cleanText(line.trim())),
    cause,
    errors: several,
  }
}

function isOfDatabase(error: Error, code: string | undefined): boolean {
  return /Prisma|DriverAdapter|DatabaseError/.test(`${error.name} ${error.constructor.name}`) || ("severity" in error && code !== undefined)
}

function textField(error: Error, field: string): string | undefined {
  const value: unknown = Object.entries(error).find(([key]) => key === field)?.[1]
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined
}

/** The eleven test of the Dutch tax office: weights 9 to 2, the last digit -1. A BSN is also written with eight digits. */
function passesElevenTest(written: string): boolean {
  const digits = written.replace(/[ .\u00a0-]/g, "").padStart(9, "0")
  if (!/^\d{9}$/.test(digits) || written.length < 8) return false
  const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (place === 8 ? -1 : 9 - place), 0)
  return sum > 0 && sum % 11 === 0
}

/** Random text mixes letters with digits, or capitals with small letters all the way through; words, even long ones, do not. */
function isLikeToken(word: string): boolean {
  const letters = word.replace(/[^A-Za-z]/g, "")
  const digits = word.replace(/\D/g, "")
  const capitals = letters.replace(/[^A-Z]/g, "").length / Math.max(letters.length, 1)
  return (letters.length > 0 && digits.length > 0) || (capitals > 0.3 && capitals < 0.7)
}
