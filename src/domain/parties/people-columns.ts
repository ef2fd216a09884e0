import { normaliseBsn, maskBsn } from "#policy/bsn.ts"
import { normaliseEmailAddress } from "#policy/email-address.ts"
import { normalisePostcode } from "#policy/postcode.ts"
import type { CsvRow } from "#platform/csv.ts"
import { type ImportField, importFields } from "#policy/import-fields.ts"
import { cleanText, readDate } from "./read-person.ts"

/** Which field each column of a list is, by its place; null is passed over. */
export type ColumnFields = readonly (ImportField | null)[]

/** A column as the screen shows it: its heading, up to three of its values (a BSN masked), and which field it seems to be. */
export type PeopleColumn = { heading: string; samples: string[]; field: ImportField | null }

/** Headings per field, in small letters without accents, spaces and signs: "Pers.nr" is persnr, "E-mail werk" is emailwerk. */
const HEADINGS = {
  number: [
    ...["nummer", "nr", "persnr", "persnummer", "personeelsnr", "personeelsnummer"],
    ...["werknemernr", "werknemernummer", "werknemersnummer", "medewerkernummer", "employeenumber"],
  ],
  initials: ["voorletters", "voorletter", "voorl", "initialen", "initials"],
  prefix: ["voorvoegsel", "voorvoegsels", "voorv", "tussenvoegsel", "tussenvoegsels", "tussenv"],
  surname: ["achternaam", "familienaam", "geslachtsnaam", "surname", "lastname"],
  birthDate: ["geboortedatum", "gebdatum", "gebdat", "geboren", "dateofbirth"],
  bsn: ["bsn", "bsnnummer", "bsnnr", "burgerservicenummer", "sofinummer", "sofinr"],
  email: ["email", "emailadres", "mail", "mailadres", "emailwerk", "emailadreswerk", "werkemail", "zakelijkemail", "zakelijkemailadres"],
  street: ["straat", "straatnaam"],
  houseNumber: ["huisnummer", "huisnr"],
  houseNumberAddition: ["toevoeging", "toev", "huisnummertoevoeging", "huisnrtoev", "huisnrtoevoeging"],
  postcode: ["postcode", "pc"],
  city: ["plaats", "woonplaats", "stad"],
  country: ["landcode"],
  employmentFrom: ["indienst", "datumindienst", "indienstdatum", "begindatum"],
  employmentTo: ["uitdienst", "datumuitdienst", "uitdienstdatum", "einddatum"],
} satisfies Record<ImportField, string[]>

const FIELD_OF_HEADING = new Map(importFields.flatMap((field) => HEADINGS[field].map((heading): [string, ImportField] => [heading, field])))

/** Headings that hold a word of these are about somebody or something else, whatever stands under them. */
const aboutOthers = /priv|thuis|partner|bedrijf|werkgever|filiaal|bank|iban|datumtekening/

/** Words in a folded heading that make a field likely, tried in this order. */
const LIKELY: readonly [ImportField, RegExp][] = [
  ["number", /^(pers|werkn|medew|employee|wn|mdw).*(nr|nummer|num|no|code|id)$/],
  ["birthDate", /^geb|geboorte|geboren|birth/],
  ["employmentTo", /uitdienst|datumuit|einde?(dienst|contract)/],
  ["employmentFrom", /indienst|datumin|aanvang|startdat/],
  ["prefix", /voegsel/],
  ["initials", /voorlett|initial/],
  ["surname", /achternaam|familienaam|geslachtsnaam|surname|lastname/],
  ["email", /mail/],
  ["houseNumberAddition", /toevoeg/],
  ["houseNumber", /huisn/],
  ["postcode", /postcode|zipcode/],
  ["city", /woonplaats/],
  ["street", /straat/],
]

/** What the values of a column must be, four in five of them, to make a field likely. */
const SHAPES: readonly [ImportField, (text: string) => boolean][] = [
  ["bsn", (text) => /^[0-9 .]{8,12}$/.test(text) && normaliseBsn(text) !== null],
  ["email", (text) => normaliseEmailAddress(text) !== null],
  ["postcode", (text) => normalisePostcode(text) !== null],
  ["birthDate", (text) => readDate(text) !== null],
]

const looksAt = 50

/**
 * What each column seems to be. Sure when the headings alone say who is who and nothing that looks like a field of ours is left over; then nobody
 * needs to be asked.
 */
export function guessColumns(headings: readonly string[], rows: readonly CsvRow[]): { columns: PeopleColumn[]; isSure: boolean } {
  const known = headings.map((heading) => FIELD_OF_HEADING.get(foldHeading(heading)) ?? null)
  const fields = known.map((field, index) => (field !== null && known.indexOf(field) === index ? field : null))
  const isSure = isEnough(fields) && known.every((field, index) => field === fields[index])
  const taken = new Set(fields)
  const values = headings.map((_, index) => valuesOf(rows.slice(0, looksAt), index))
  const likely = headings.map((heading, index) => {
    if (known[index]) return null
    const found = likelyField(foldHeading(heading), values[index] ?? [], taken)
    if (found) taken.add(found)
    return found
  })
  const columns = headings.map((heading, index) => ({ heading, samples: samplesOf(values[index] ?? []), field: fields[index] ?? likely[index] ?? null }))
  return { columns, isSure: isSure && likely.every((field) => field === null) }
}

/** Whether somebody can be told apart, and something told of: a number, and a surname or an e-mail address. */
export function isEnough(fields: ColumnFields): boolean {
  return fields.includes("number") && (fields.includes("surname") || fields.includes("email"))
}

/** How many cells of a row are headings that we know. */
export function knownHeadings({ fields }: CsvRow): number {
  return fields.filter((heading) => FIELD_OF_HEADING.has(foldHeading(heading))).length
}

/** Whether a cell is a value and no heading: a number, a date or an address. */
export function isValue(text: string): boolean {
  return /^[0-9.,/ -]+$/.test(text) || SHAPES.some(([, fits]) => fits(text))
}

/** A heading in small letters, without accents, spaces and signs. */
export function foldHeading(heading: string): string {
  return cleanText(heading).normalize("NFKD").toLowerCase().replace(/[^a-z]/g, "")
}

function likelyField(heading: string, values: readonly string[], taken: ReadonlySet<ImportField | null>): ImportField | null {
  if (aboutOthers.test(heading) || values.length === 0) return null
  const shaped = SHAPES.find(([, fits]) => values.filter(fits).length >= values.length * 0.8)?.[0]
  const named = LIKELY.find(([, words]) => words.test(heading))?.[0]
  const isDay = shaped === "birthDate"
  const found = isDay ? (named ?? (/dat|dag/.test(heading) ? null : shaped)) : (shaped ?? named)
  return found && !taken.has(found) ? found : null
}

function valuesOf(rows: readonly CsvRow[], column: number): string[] {
  return rows.map(({ fields }) => cleanText(fields[column] ?? "")).filter(Boolean)
}

const longestSample = 40

function samplesOf(values: readonly string[]): string[] {
  return [...new Set(values)].slice(0, 3).map((text) => {
    const bsn = normaliseBsn(text)
    return bsn ? maskBsn(bsn) : text.length > longestSample ? `${text.slice(0, longestSample)}…` : text
  })
}

/** Whether a word names a field of a list. */
export function isField(name: string): name is ImportField {
  return Object.hasOwn(HEADINGS, name)
}
