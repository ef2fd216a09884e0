import type { Person } from "./recognise-types.ts"

/** How a text names a person: with fitting initials or first name, by surname only, or with somebody else's initials. */
export type NameFit = "full" | "surname" | "other-initials"

export type NameIndex = { byCore: ReadonlyMap<string, readonly Known[]> }
export type NameMatches = ReadonlyMap<string, NameFit>

/** A surname's core ("cruz" of "de la Cruz") with what stands before it, folded to bare letters. */
type Known = { employeeId: string; letters: string; prefix: string[] }
type Word = { raw: string; bare: string; from: number; to: number }

const particles = new Set(
  [
    "aan af al auf ben bij bin da dal dalla das de degli dei del della dem den der des di do dos du el het im in la las le les lo los op",
    "over t ten ter te tot uit uijt van vanden vander vd ver vom von voor zum zur zu s d l ibn abu bint st",
  ].flatMap((line) => line.split(" ")),
)
const titles = /(?<![\p{L}.])(?:de heer(?: ?\/ ?mevrouw)?|de hr|dhr|heer|mevrouw|mevr|mw|mej|mr|mrs|ms|miss|drs|ir|ing|dr|prof|t\.?a\.?v|aan)(?![\p{L}])\.?/giu
const longestSurname = 6

/** Makes the list of one employer's people searchable by any spelling of their surnames. */
export function indexNames(people: readonly Person[]): NameIndex {
  const byCore = new Map<string, Known[]>()
  for (const person of people) {
    const letters = toWords(person.initials ?? "").map((word) => word.bare).join("")
    const prefix = toWords(person.prefix ?? "").map((word) => word.bare)
    const parts = person.surname.split(/\s*[-–]\s*/).filter(Boolean)
    for (const surname of new Set([person.surname, ...(parts.length > 1 ? parts : [])])) {
      const isFirst = surname === person.surname || surname === parts[0]
      for (const known of spellings(surname, { employeeId: person.employeeId, letters, prefix: isFirst ? prefix : [] })) {
        const list = byCore.get(known.core) ?? []
        if (!list.some((other) => other.employeeId === known.employeeId && other.prefix.join() === known.prefix.join())) list.push(known)
        byCore.set(known.core, list)
      }
    }
  }
  return { byCore }
}

function spellings(surname: string, base: Known): (Known & { core: string })[] {
  return [fold, foldWithE].flatMap((folding) => {
    const words = toWords(surname, folding).map((word) => word.bare)
    const start = Math.max(0, words.findIndex((word) => !particles.has(word)))
    const core = words.slice(start).join("")
    return core ? [{ ...base, core, prefix: [...base.prefix, ...words.slice(0, start)] }] : []
  })
}

/** Who is named by a text that is a name as a whole: a labelled value, or a line of an address. */
export function matchWholeName(index: NameIndex, text: string): NameMatches {
  const clean = text.replace(titles, " ").replace(/\([^)]*\)/g, " ")
  if (company.test(clean)) return new Map()
  return collect(index, clean, (words, from, to, known) => fitWhole(clean, words, from, to, known))
}

/** Who is named somewhere within a text, with initials right before or after the surname. */
export function matchNameWithin(index: NameIndex, text: string): NameMatches {
  return collect(index, text, (words, from, to, known) => {
    const before = words.slice(Math.max(0, from - 8), from)
    const after = words.slice(to, to + 6)
    return fitsBefore(before, known) || fitsAfter(after, known) ? "full" : null
  })
}

/** Whether a text reads as the name of one person, known or not: a capital, initials or a comma, no digits, no company. */
export function looksLikePerson(text: string): boolean {
  const clean = text.replace(titles, " ").trim()
  const words = toWords(clean)
  if (!words.some((word) => word.bare.length > 2 && !particles.has(word.bare) && /^['’]?\p{Lu}/u.test(word.raw))) return false
  if (words.length < 2 || words.length > 8 || /[\d€%:]/.test(clean) || company.test(clean) || notAName.test(clean)) return false
  return words.filter((word) => /^\p{Lu}/u.test(word.raw)).length >= 2 || /^\p{Lu}[^,]*,\s*\p{L}/u.test(clean)
}

/** A company is no person. "B.V." counts only at the end and without a comma: "Smit, B.V." has two initials. */
const company = /(?<!,\s*)(?<!\p{L})[BN]\.?V\.?\s*$|(?<!\p{L})(?:v\.?o\.?f|holding|stichting|vereniging|gmbh|ltd|inc|beheer|bakkerij|accountants|zonen|zn)(?!\p{L})|&/iu

/** Words of the columns that stand beside "Werknemer". Some are surnames as well, so they only keep a text from being taken for a stranger's name. */
const notAName = new RegExp(
  String.raw`(?<!\p{L})(?:group|groep|bedrijf|premie|inhouding|bijdrage|deel|verzekering(?:en)?|loon|lonen|wet|fonds|pensioen|zvw|ww|wao|wia` +
    String.raw`|totaal|total|bouw|transport|advies|services|administratie|administratiekantoor)(?!\p{L})`,
  "iu",
)

function collect(index: NameIndex, text: string, fit: (words: Word[], from: number, to: number, known: Known) => NameFit | null): Map<string, NameFit> {
  const matches = new Map<string, NameFit>()
  for (const folding of [fold, foldWithE]) {
    const words = toWords(text, folding)
    for (let from = 0; from < words.length; from++) {
      let core = ""
      for (let to = from + 1; to <= Math.min(words.length, from + longestSurname); to++) {
        core += words[to - 1]?.bare ?? ""
        for (const known of index.byCore.get(core) ?? []) {
          const found = fit(words, from, to, known)
          if (found && rank[found] > rank[matches.get(known.employeeId) ?? "none"]) matches.set(known.employeeId, found)
        }
      }
    }
  }
  return matches
}

const rank = { none: 0, "other-initials": 1, surname: 2, full: 3 }

/** Every word must have a part: the core, its prefix, a partner's name joined by a hyphen, or what is given before the surname. */
function fitWhole(text: string, words: readonly Word[], from: number, to: number, known: Known): NameFit | null {
  if (!words.slice(from, to).some((word) => /^['’]?\p{Lu}/u.test(word.raw))) return null
  const { left, hasPrefix } = takePrefix(outsideSurname(text, words, from, to), known.prefix)
  if (left.some((word) => word.from < (words[from]?.from ?? 0)) && left.some((word) => word.from > (words[from]?.from ?? 0))) return null
  if (left.some(isForeignParticle)) return "other-initials"
  if (left.length > 5) return null
  if (left.length === 0 || known.letters === "") return "surname"
  if (!fitsGiven(left, known.letters)) return "other-initials"
  return hasPrefix ? "full" : "surname"
}

/** The words beside the core, without "-van Dam" joined after it and "Jansen-" joined before it. */
function outsideSurname(text: string, words: readonly Word[], from: number, to: number): Word[] {
  const isJoined = (left: number) => left >= 0 && /^\s*[-–]\s*$/.test(text.slice(words[left]?.to ?? 0, words[left + 1]?.from ?? 0))
  const isParticle = (at: number) => at >= 0 && particles.has(words[at]?.bare ?? "")
  let end = to
  while (end < words.length && isJoined(end - 1)) {
    while (end < words.length - 1 && isParticle(end)) end++
    end++
  }
  let prefix = from
  while (isParticle(prefix - 1) && !isJoined(prefix - 1)) prefix--
  let start = isJoined(prefix - 1) ? prefix - 1 : from
  while (start < from && isParticle(start - 1)) start--
  return [...words.slice(0, start), ...words.slice(start < from ? prefix : from, from), ...words.slice(end)]
}

function takePrefix(words: readonly Word[], prefix: readonly string[]): { left: Word[]; hasPrefix: boolean } {
  if (prefix.length === 0) return { left: [...words], hasPrefix: true }
  const short = prefix.map((word) => word.charAt(0))
  for (const shape of prefix.length > 1 ? [prefix, [prefix.join("")], short, [short.join("")]] : [prefix]) {
    for (let at = 0; at + shape.length <= words.length; at++) {
      if (shape.some((word, offset) => words[at + offset]?.bare !== word)) continue
      return { left: [...words.slice(0, at), ...words.slice(at + shape.length)], hasPrefix: true }
    }
  }
  return { left: [...words], hasPrefix: false }
}

const alsoGiven = new Set("ben al el da do in im op st s d l t".split(" "))

/** A particle that is not this person's belongs to another surname. Some are given names or initials too when they have a capital. */
const isForeignParticle = (word: Word) => particles.has(word.bare) && (/^['’]?\p{Ll}/u.test(word.raw) || !alsoGiven.has(word.bare))

function fitsGiven(given: readonly Word[], letters: string): boolean {
  const joined = given.map((word) => word.bare).join("")
  const firsts = given.map((word) => word.bare.charAt(0)).join("")
  return startsAlike(joined, letters) || startsAlike(firsts, letters)
}

const startsAlike = (one: string, other: string) => one.startsWith(other) || other.startsWith(one)

const isInitials = (word: Word) =>
  word.raw.endsWith(".") ? word.bare.length <= 3 : /^\p{Lu}{1,4}$/u.test(word.raw)

function fitsBefore(before: Word[], known: Known): boolean {
  let end = before.length
  for (const expected of known.prefix.toReversed()) {
    if (before[end - 1]?.bare !== expected) return false
    end--
  }
  const given = before.slice(before.slice(0, end).findLastIndex((word) => !isInitials(word)) + 1, end)
  return given.length > 0 && fitsGiven(given, known.letters || "?")
}

function fitsAfter(after: Word[], known: Known): boolean {
  const { left, hasPrefix } = takePrefix(after.slice(0, 4 + known.prefix.length), known.prefix)
  const end = left.findIndex((word) => !isInitials(word))
  const given = end === -1 ? left : left.slice(0, end)
  return hasPrefix && given.length > 0 && fitsGiven(given, known.letters || "?")
}

function toWords(text: string, folding: (word: string) => string = fold): Word[] {
  const words: Word[] = []
  for (const match of text.matchAll(/[\p{L}\p{M}'’‘`´]+\.?/gu)) {
    const bare = folding(match[0])
    if (bare) words.push({ raw: match[0], bare, from: match.index, to: match.index + match[0].length })
  }
  return words
}

const letters: Readonly<Record<string, string>> = {
  ł: "l", ø: "o", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ı: "i", ħ: "h", ŧ: "t", ŋ: "n", ə: "e",
}

/** Letters without accents, in small case, nothing else: "O'Brien" is "obrien", "Łukasik" is "lukasik". */
function fold(text: string): string {
  const bare = text.normalize("NFKD").toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "")
  return bare.replace(/[łøđðþßæœıħŧŋə]/g, (letter) => letters[letter] ?? letter).replace(/[^\p{L}]/gu, "")
}

/** The other way to lose an umlaut: "Müller" as "mueller". */
function foldWithE(text: string): string {
  return fold(text.normalize("NFC").replace(/[äöüÄÖÜ]/g, (letter) => `${letter}e`).replace(/[øØ]/g, "oe").replace(/[åÅ]/g, "aa"))
}
