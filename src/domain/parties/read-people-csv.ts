import { Invalid } from "#policy/errors.ts"
import { CsvRefused, type CsvRow, readCsv } from "#platform/csv.ts"
import { type ImportField, type ImportProblem, importProblem, type PeopleRead, setDuplicatesAside } from "./read-people.ts"
import { cleanText, type PersonRead, type RawPerson, readPerson } from "./read-person.ts"

/** `ignoredColumns` are the headings nobody here knows, in the order of the file. */
export type PeopleCsv = PeopleRead & { ignoredColumns: string[] }

/** Headings per field, in small letters without accents, spaces and signs: "Pers.nr" is persnr, "E-mail werk" is emailwerk. */
const HEADINGS = {
  number: [
    ...["nummer", "nr", "persnr", "persnummer", "personeelsnr", "personeelsnummer"],
    ...["werknemernr", "werknemernummer", "werknemersnummer", "medewerkernummer"],
  ],
  initials: ["voorletters", "voorletter", "voorl", "initialen"],
  prefix: ["voorvoegsel", "voorvoegsels", "voorv", "tussenvoegsel", "tussenvoegsels", "tussenv"],
  surname: ["achternaam", "familienaam", "geslachtsnaam"],
  birthDate: ["geboortedatum", "gebdatum", "gebdat", "geboren"],
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

const FIELD_OF_HEADING = new Map<string, ImportField>()
for (const field of Object.keys(HEADINGS).filter(isField)) for (const heading of HEADINGS[field]) FIELD_OF_HEADING.set(heading, field)

/**
 * Reads people from a CSV with one row of headings, in any order: at least a number, and an e-mail address or a surname.
 * Throws Invalid: import-not-csv, import-quotes (details.line), import-too-large, import-empty (no rows, or no people under the headings),
 * import-no-header, import-column-twice (details.field).
 */
export function readPeopleCsv(bytes: Uint8Array): PeopleCsv {
  const [header, ...rows] = readRows(bytes)
  if (!header) throw new Invalid("import-empty")
  const columns = readHeader(header)
  if (rows.length === 0) throw new Invalid("import-empty")
  const read = rows.map((row) => readRow(row, columns))
  const ignoredColumns = header.fields.map(cleanText).filter((heading, index) => heading && !columns[index])
  const sorted = setDuplicatesAside({
    people: read.flatMap(({ person }) => person ?? []),
    problems: read.flatMap(({ problems }) => problems),
    setAside: read.flatMap(({ person, number }) => (person || !number ? [] : number)),
  })
  return { ...sorted, ignoredColumns }
}

function readRows(bytes: Uint8Array): CsvRow[] {
  try {
    return readCsv(bytes).rows
  } catch (error) {
    if (!(error instanceof CsvRefused)) throw error
    throw new Invalid(`import-${error.code}`, error.line === undefined ? {} : { line: error.line })
  }
}

function readHeader({ line, fields }: CsvRow): (ImportField | undefined)[] {
  const columns = fields.map((heading) => FIELD_OF_HEADING.get(foldHeading(heading)))
  const twice = columns.find((field, index) => field && columns.indexOf(field) !== index)
  if (twice) throw new Invalid("import-column-twice", { field: twice, line })
  const isThere = (field: ImportField) => columns.includes(field)
  if (!isThere("number") || !(isThere("email") || isThere("surname"))) throw new Invalid("import-no-header", { line })
  return columns
}

function readRow({ line, fields }: CsvRow, columns: (ImportField | undefined)[]): PersonRead {
  const raw: RawPerson = {}
  columns.forEach((field, index) => {
    if (field) raw[field] = { text: fields[index] ?? "", line }
  })
  const outOfStep = widthProblem(line, fields, columns.length)
  if (outOfStep) return { person: null, number: cleanText(raw.number?.text ?? ""), problems: [outOfStep] }
  return readPerson(raw, line)
}

/** A row that is out of step with the headings cannot be trusted in any column. Empty fields beyond the last heading do no harm. */
function widthProblem(line: number, fields: string[], width: number): ImportProblem | null {
  if (fields.length < width) return importProblem(line, "too-few-fields", null)
  return fields.slice(width).some((field) => field.trim()) ? importProblem(line, "too-many-fields", null) : null
}

function foldHeading(heading: string): string {
  return cleanText(heading).normalize("NFKD").toLowerCase().replace(/[^a-z]/g, "")
}

function isField(name: string): name is ImportField {
  return name in HEADINGS
}
