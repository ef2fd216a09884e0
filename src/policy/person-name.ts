/** A name in its parts as payroll keeps them. `prefix` is the voorvoegsel; a prefix that payroll put in the surname stays there. */
export type PersonName = { initials: string | null; prefix: string | null; surname: string }

/** Words a surname is not sorted on when they open it in small letters: "de la Cruz" stands under C, "De Boer" under D. */
const PREFIX_WORDS = new RegExp(
  "^(?:(?:aan|af|al|auf|aus|bij|da|dal|dalla|das|de|degli|dei|del|della|dem|den|der|des|di|do|dos|du|el|het|im|in|la|las|le|les|lo|los|" +
    "op|over|ten|ter|te|tot|uijt|uit|vanden|vander|van|ver|vom|von|voor|zum|zur|zu|d|l|['’][tsn])[ '’]+)+(?=\\S)",
  "u",
)

/** Letters that do not come apart under Unicode decomposition, and what they are sorted as. */
const LETTERS: Readonly<Record<string, string>> = {
  ł: "l", ø: "o", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ı: "i", ħ: "h", ŧ: "t", ŋ: "n", ĸ: "k", ə: "e",
}

/** As lists show it, on the core surname with the prefix last: "Vries, K de", "Berg, M.A. van den", "'t Hooft, A". */
export function listName({ initials, prefix, surname }: PersonName): string {
  const rest = [normaliseInitials(initials ?? ""), prefix].filter(Boolean).join(" ")
  return rest ? `${surname}, ${rest}` : surname
}

/** As a letter addresses somebody: "K. de Vries", "M.A. van den Berg"; without initials the prefix has a capital, "De Vries". */
export function letterName({ initials, prefix, surname }: PersonName): string {
  const family = [prefix, surname].filter(Boolean).join(" ")
  const first = normaliseInitials(initials ?? "")
  if (!first) return family.replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase("nl"))
  return `${first.endsWith(".") ? first : `${first}.`} ${family}`
}

/**
 * The text a list of people is sorted by: core surname, then initials, then prefix, each folded to bare letters and digits without
 * accents, spaces or hyphens, with one space between (taaladvies.net, alfabetische rangschikking van namen).
 * Compare it code by code (in the database: collate "C"), so that "vries" comes before "vriesema".
 */
export function sortKey({ initials, prefix, surname }: PersonName): string {
  const core = surname.replace(PREFIX_WORDS, "")
  return [fold(core) || surname.toLowerCase(), fold(initials ?? ""), fold(prefix ?? "")].join(" ").trimEnd()
}

/**
 * Initials in one spelling, whatever the source: "MA", "M A" and "M.A." are "M.A."; "K." is "K"; "J.Th." and "Chr" stay.
 * Text that is not made of letters is left alone.
 */
export function normaliseInitials(text: string): string {
  const trimmed = text.trim()
  if (!/^[\p{L}\p{M} .'’-]+$/u.test(trimmed)) return trimmed
  const parts = /[ .]/.test(trimmed) ? trimmed.split(/[ .]+/).filter(Boolean) : splitCapitals(trimmed)
  const [only] = parts
  if (only === undefined) return trimmed
  if (parts.length > 1) return `${parts.join(".")}.`
  return splitCapitals(only).length > 1 ? `${only}.` : only
}

/** Initials as a source that knows only A to Z and no dots (the loonaangifte) would give them back: "Ż" is "Z", "J.Th." is "J.T.H.". */
export function plainInitials(initials: string): string {
  return normaliseInitials(fold(initials).toUpperCase())
}

/** A run of capitals as single letters, each with its accents; anything else as one piece. */
function splitCapitals(text: string): string[] {
  return /^(\p{Lu}\p{M}*)+$/u.test(text) ? (text.match(/\p{Lu}\p{M}*/gu) ?? []) : [text]
}

function fold(text: string): string {
  const bare = text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
  return bare.replace(/[łøđðþßæœıħŧŋĸə]/g, (letter) => LETTERS[letter] ?? letter).replace(/[^\p{L}\p{N}\p{M}]+/gu, "")
}
