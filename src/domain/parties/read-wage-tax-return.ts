import { Invalid } from "#policy/errors.ts"
import { normaliseWageTaxNumber } from "#policy/wage-tax-number.ts"
import { namespaceOf, readXml, type XmlElement, XmlRefused } from "#platform/xml.ts"
import { type ImportedPerson, numberKey, type PeopleRead, setDuplicatesAside } from "./read-people.ts"
import { cleanText, type RawPerson, readDate, readPerson } from "./read-person.ts"

/** `wageTaxNumber` is whose return it is: compare it with the employer one imports for. Period dates are "YYYY-MM-DD", both included. */
export type WageTaxReturn = PeopleRead & {
  wageTaxNumber: string
  employerName: string
  year: number
  periodFrom: string
  periodTo: string
}

/** Any year: by prefix and year, as the version behind it changes (Gegevensspecificaties aangifte loonheffingen). */
const NAMESPACE = /^http:\/\/xml\.belastingdienst\.nl\/schemas\/Loonaangifte\/(20[0-9]{2})\/[0-9]{2}$/

/** Most of a return by size, and nothing about who somebody is. */
const AMOUNTS = ["CollectieveAangifte", "Inkomstenperiode", "Werknemersgegevens"]

/**
 * Reads the people out of a loonaangifte (XML). Corrections of earlier periods are passed over. The personnel number is PersNr; NumIV
 * is no stand-in for it, because it counts one person's incomes and is 1 for nearly everybody. Several incomes of one person are one.
 * Throws Invalid with details.line or details.field where known: import-doctype, import-not-xml, import-encoding, import-too-large,
 * import-wrong-root, import-incomplete (no employer or period), import-several-employers, import-no-people.
 */
export function readWageTaxReturn(bytes: Uint8Array): WageTaxReturn {
  const root = readRoot(bytes)
  const year = Number(NAMESPACE.exec(namespaceOf(root))?.[1])
  if (root.name !== "Loonaangifte" || !year) throw new Invalid("import-wrong-root", { line: root.line })
  const [unit, second] = childrenOf(root, "AdministratieveEenheid")
  if (second) throw new Invalid("import-several-employers", { line: second.line })
  const [period] = childrenOf(unit, "TijdvakAangifte")
  const wageTaxNumber = normaliseWageTaxNumber(textOf(unit, "LhNr"))
  const periodFrom = readDate(textOf(period, "DatAanvTv"))
  const periodTo = readDate(textOf(period, "DatEindTv"))
  if (!wageTaxNumber) throw new Invalid("import-incomplete", { field: "LhNr" })
  if (!periodFrom) throw new Invalid("import-incomplete", { field: "DatAanvTv" })
  if (!periodTo) throw new Invalid("import-incomplete", { field: "DatEindTv" })

  const filings = ["VolledigeAangifte", "AanvullendeAangifte"].flatMap((name) => childrenOf(period, name))
  const incomes = filings.flatMap((filing) => childrenOf(filing, "InkomstenverhoudingInitieel"))
  if (incomes.length === 0) throw new Invalid("import-no-people")
  return { wageTaxNumber, employerName: cleanText(textOf(unit, "NmIP")), year, periodFrom, periodTo, ...readIncomes(incomes) }
}

function readRoot(bytes: Uint8Array): XmlElement {
  try {
    return readXml(bytes, { unread: AMOUNTS })
  } catch (error) {
    if (!(error instanceof XmlRefused)) throw error
    throw new Invalid(`import-${error.code}`, error.line === undefined ? {} : { line: error.line })
  }
}

function readIncomes(incomes: XmlElement[]): PeopleRead {
  const read = incomes.map((income) => readPerson(toRawPerson(income), income.line))
  return setDuplicatesAside({
    people: joinIncomes(read.flatMap(({ person }) => person ?? [])),
    problems: read.flatMap(({ problems }) => problems),
    setAside: read.flatMap(({ person, number }) => (person || !number ? [] : number)),
  })
}

function toRawPerson(income: XmlElement): RawPerson {
  const [person] = childrenOf(income, "NatuurlijkPersoon")
  const [home] = childrenOf(person, "AdresBinnenland")
  const [abroad] = childrenOf(person, "AdresBuitenland")
  const address = home ?? abroad
  const raw = (parent: XmlElement | undefined, name: string) => {
    const [field] = childrenOf(parent, name)
    return { text: field?.text ?? "", line: field?.line ?? income.line }
  }
  return {
    number: raw(income, "PersNr"),
    employmentFrom: raw(income, "DatAanv"),
    employmentTo: raw(income, "DatEind"),
    bsn: raw(person, "SofiNr"),
    initials: raw(person, "Voorl"),
    prefix: raw(person, "Voorv"),
    surname: raw(person, "SignNm"),
    birthDate: raw(person, "Gebdat"),
    street: raw(address, "Str"),
    houseNumber: raw(address, "HuisNr"),
    houseNumberAddition: raw(address, "HuisNrToev"),
    postcode: raw(address, "Pc"),
    city: raw(address, "Woonpl"),
    country: home ? { text: "NL", line: home.line } : raw(abroad, "LandCd"),
  }
}

/** Incomes with one number and one BSN (or, without a BSN, one name and birth date) are one person, employed from the first to the last. */
function joinIncomes(people: ImportedPerson[]): ImportedPerson[] {
  const identity = ({ number, bsn, surname, birthDate }: ImportedPerson) => JSON.stringify([numberKey(number), bsn ?? [surname, birthDate]])
  return [...Map.groupBy(people, identity).values()].flatMap((incomes) => {
    const [first] = incomes
    if (!first || incomes.length === 1) return incomes
    const starts = incomes.flatMap(({ employmentFrom }) => employmentFrom ?? []).sort()
    const ends = incomes.flatMap(({ employmentTo }) => employmentTo ?? []).sort()
    return { ...first, employmentFrom: starts[0], employmentTo: ends.length === incomes.length ? ends.at(-1) : null }
  })
}

function childrenOf(parent: XmlElement | undefined, name: string): XmlElement[] {
  return parent?.children.filter((child) => child.name === name) ?? []
}

function textOf(parent: XmlElement | undefined, name: string): string {
  return childrenOf(parent, name)[0]?.text ?? ""
}
