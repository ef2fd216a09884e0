import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import type { ImportedPerson } from "#domain/parties/read-people.ts"
import { readWageTaxReturn } from "#domain/parties/read-wage-tax-return.ts"
import { Invalid } from "#policy/errors.ts"
import { listName } from "#policy/person-name.ts"
import naughtyStrings from "../../corpora/naughty-strings.json" with { type: "json" }
import february from "../../samples/korenmaat-2026-02/expected.json" with { type: "json" }
import march from "../../samples/korenmaat-2026-03/expected.json" with { type: "json" }

const NAMESPACE = "http://xml.belastingdienst.nl/schemas/Loonaangifte/2026/01"
const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")

const ADDRESS =
  "<AdresBinnenland><Str>Dam</Str><HuisNr>2</HuisNr><HuisNrToev>a</HuisNrToev><Pc>1506ED</Pc><Woonpl>Zaandam</Woonpl></AdresBinnenland>"
const POEL = { nr: "17", iv: "1", from: "2024-02-01", to: "", bsn: "999967216", initials: "JM", surname: "Poel", born: "1990-04-12", address: ADDRESS }

type Income = Partial<typeof POEL>

/** One income of an invented person, on one line; an empty text leaves the element out. */
function income(told: Income = {}) {
  const { nr, iv, from, to, bsn, initials, surname, born, address } = { ...POEL, ...told }
  const element = (name: string, text: string) => text && `<${name}>${text}</${name}>`
  const contract = element("NumIV", iv) + element("DatAanv", from) + element("DatEind", to) + element("PersNr", nr)
  const person = element("SofiNr", bsn) + element("Voorl", initials) + element("SignNm", surname) + element("Gebdat", born) + address
  return `<InkomstenverhoudingInitieel>${contract}<NatuurlijkPersoon>${person}</NatuurlijkPersoon></InkomstenverhoudingInitieel>\n`
}

const KORENMAAT = "<LhNr>999990020L01</LhNr><NmIP>Bakkerij</NmIP>"

function wageTaxReturn(incomes: string, { namespace = NAMESPACE, root = "Loonaangifte", unit = KORENMAAT, more = "" } = {}) {
  const period = "<DatAanvTv>2026-03-01</DatAanvTv><DatEindTv>2026-03-31</DatEindTv>"
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${namespace}" version="2.0"><AdministratieveEenheid>${unit}` +
    `<TijdvakAangifte>${period}<VolledigeAangifte>\n${incomes}</VolledigeAangifte></TijdvakAangifte>${more}</AdministratieveEenheid></${root}>`
  )
}

const read = (xml: string) => readWageTaxReturn(new TextEncoder().encode(xml))
const people = (...incomes: Income[]) => read(wageTaxReturn(incomes.map(income).join("")))

function refusalOf(xml: string): { code: string; details: object } {
  try {
    read(xml)
  } catch (error) {
    if (error instanceof Invalid) return { code: error.code, details: error.details }
    throw error
  }
  throw new Error("this return was read")
}

describe.each([
  ["2026-02", february, "2026-02-01", "2026-02-28"],
  ["2026-03", march, "2026-03-01", "2026-03-31"],
])("the return of De Korenmaat for %s", (month, expected, periodFrom, periodTo) => {
  const sample = readWageTaxReturn(readFileSync(new URL(`../../samples/korenmaat-${month}/loonaangifte-${month}.xml`, import.meta.url)))

  test("names its employer and period", () => {
    expect(sample).toMatchObject({ wageTaxNumber: expected.employer.lh, employerName: expected.employer.name, year: 2026, periodFrom, periodTo })
  })

  test("brings all its people and no problem", () => {
    const unaccented = (name: string) => name.replace("Ż", "Z")
    expect(sample.people.map((person) => [Number(person.number), personName(person), person.birthDate])).toEqual(
      expected.people.map(({ nr, name, born }) => [nr, unaccented(name), born]),
    )
    expect([sample.problems, sample.setAside]).toEqual([[], []])
  })

  test("tells the whole of one person, with the line it stands on", () => {
    expect(sample.people[3]).toEqual({
      line: 6,
      number: "4",
      initials: "M.A.",
      prefix: "van den",
      surname: "Berg",
      birthDate: "2000-10-21",
      bsn: "999961810",
      address: { street: "Zuideinde", houseNumber: "10", postcode: "1533HB", city: "Assen", country: "NL" },
      employmentFrom: "2024-02-01",
      employmentTo: null,
    })
  })
})

function personName({ initials, prefix, surname }: ImportedPerson) {
  return listName({ initials: initials ?? null, prefix: prefix ?? null, surname: surname ?? "" })
}

test.each([
  ["2016", "01", "1.0"], ["2017", "01", "1.1"], ["2018", "02", "1.0"], ["2019", "01", "2.0"], ["2020", "01", "1.0"], ["2021", "03", "2.1"], ["2022", "01", "1.0"],
  ["2023", "01", "2.0"], ["2024", "02", "1.2"], ["2025", "01", "2.0"], ["2026", "01", "2.0"], ["2026", "02", "3.0"], ["2027", "01", "2.0"], ["2028", "01", "9.9"],
  ["2029", "01", ""], ["2030", "12", "2.0"],
])("a return in the namespace of %s/%s, version %j, is read, whatever elements it has that nobody here knows", (year, number, version) => {
  const later = `<NieuwVeld soort="x">1<Nog><Dieper>2</Dieper></Nog></NieuwVeld>`
  const told = income().replace("<SofiNr>", `${later}<SofiNr>`).replace("<NatuurlijkPersoon>", `${later}<NatuurlijkPersoon>`)
  const xml = wageTaxReturn(told + later, { namespace: NAMESPACE.replace("2026/01", `${year}/${number}`), more: later }).replace('version="2.0"', version && `version="${version}"`)
  const { year: found, people: incomers, problems } = read(xml)
  expect([found, incomers.map((one) => [one.number, one.bsn, one.surname, one.birthDate]), problems]).toEqual([Number(year), [["17", "999967216", "Poel", "1990-04-12"]], []])
})

test("a return that writes its elements with a prefix is read", () => {
  const prefixed = wageTaxReturn(income()).replaceAll(/<(\/?)([A-Z])/g, "<$1lh:$2").replace("xmlns=", "xmlns:lh=")
  expect(read(prefixed).people).toHaveLength(1)
})

test("a number before the house number's addition, and an address abroad, are read as they are", () => {
  const abroad = "<AdresBuitenland><Str>Grote Markt</Str><HuisNr>1</HuisNr><Pc>2000</Pc><Woonpl>Antwerpen</Woonpl><LandCd>BE</LandCd></AdresBuitenland>"
  const { people: found, problems } = people({}, { nr: "18", bsn: "999920960", address: abroad })
  expect(found.map(({ address }) => address)).toEqual([
    { street: "Dam", houseNumber: "2a", postcode: "1506ED", city: "Zaandam", country: "NL" },
    { street: "Grote Markt", houseNumber: "1", postcode: "2000", city: "Antwerpen", country: "BE" },
  ])
  expect(problems).toEqual([])
})

test("several incomes of one person are one person, employed from the first to the last", () => {
  const { people: found, problems } = people({ from: "2024-02-01", to: "2025-06-30" }, { iv: "2", from: "2023-01-01", to: "2026-03-31" })
  expect(found.map(({ number, employmentFrom, employmentTo }) => [number, employmentFrom, employmentTo])).toEqual([["17", "2023-01-01", "2026-03-31"]])
  expect(problems).toEqual([])
  expect(people({ to: "2025-06-30" }, { iv: "2", from: "2025-08-01" }).people.map(({ employmentTo }) => employmentTo)).toEqual([null])
})

test("two people under one number are both kept out, each with its line", () => {
  const { people: found, problems, setAside } = people({ nr: "7" }, { nr: "8", bsn: "999907190" }, { nr: "007", bsn: "999920960", surname: "Vries" })
  expect(found.map(({ number }) => number)).toEqual(["8"])
  expect(problems.map(({ line, code, blocking }) => [line, code, blocking])).toEqual([
    [3, "number-duplicate", true],
    [5, "number-duplicate", true],
  ])
  expect(setAside).toEqual(["7", "007"])
})

test.each<[string, Income, string, string]>([
  ["no personnel number", { nr: "" }, "number-missing", "number"],
  ["no surname", { surname: "" }, "name-missing", "surname"],
  ["a BSN that fails the eleven test", { bsn: "999967217" }, "bsn-invalid", "bsn"],
  ["a birthday that never was", { born: "1990-02-30" }, "date-impossible", "birthDate"],
  ["a month 00", { born: "1990-00-00" }, "date-impossible", "birthDate"],
  ["a surname of 201 letters", { surname: "a".repeat(201) }, "text-too-long", "surname"],
])("somebody with %s is kept out, with the line and the field and without the value", (_, wrong, code, field) => {
  const { people: found, problems } = people({ nr: "1", bsn: "999920960" }, wrong)
  expect(found.map(({ number }) => number)).toEqual(["1"])
  expect(problems).toEqual([{ line: 4, code, field, blocking: true }])
})

test("the line of a problem is that of the field, in a return written one element a line", () => {
  const xml = wageTaxReturn(income({ bsn: "999967217" })).replaceAll("><", ">\n<")
  const line = xml.split("\n").findIndex((text) => text.startsWith("<SofiNr>")) + 1
  expect(read(xml).problems.map((problem) => problem.line)).toEqual([line])
})

test("somebody without a BSN comes in without one", () => {
  expect(people({ bsn: "" })).toMatchObject({ people: [{ number: "17", bsn: undefined }], problems: [] })
})

test("a postcode that cannot be is a warning", () => {
  expect(people({ address: ADDRESS.replace("1506ED", "0000") })).toMatchObject({
    people: [{ number: "17" }],
    problems: [{ line: 3, code: "postcode-invalid", field: "postcode", blocking: false }],
  })
})

test("corrections of earlier periods bring nobody in", () => {
  const february = "<DatAanvTv>2026-02-01</DatAanvTv><DatEindTv>2026-02-28</DatEindTv>"
  const more = `<TijdvakCorrectie>${february}${income({ nr: "99", bsn: "999920960" })}</TijdvakCorrectie>`
  expect(read(wageTaxReturn(income(), { more })).people.map(({ number }) => number)).toEqual(["17"])
})

test("a supplementary return brings its people", () => {
  expect(read(wageTaxReturn(income()).replaceAll("VolledigeAangifte", "AanvullendeAangifte")).people).toHaveLength(1)
})

test.each([
  ["a DTD", `<!DOCTYPE Loonaangifte>${wageTaxReturn(income()).replace(/<\?.*\?>/, "")}`, "import-doctype", { line: 1 }],
  ["an entity of its own", wageTaxReturn(income({ surname: "&naam;" })), "import-doctype", { line: 3 }],
  ["text that is no XML", "nummer;voorletters", "import-not-xml", { line: 1 }],
  ["a wrong root", wageTaxReturn(income(), { root: "Auditfile" }), "import-wrong-root", { line: 2 }],
  ["a SEPA file", '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"><CstmrCdtTrfInitn/></Document>', "import-wrong-root", { line: 1 }],
  ["a wrong namespace", wageTaxReturn(income(), { namespace: "http://kwaad.test/Loonaangifte/2026/01" }), "import-wrong-root", { line: 2 }],
  ["no namespace", wageTaxReturn(income()).replace(/ xmlns="[^"]*"/, ""), "import-wrong-root", { line: 2 }],
  ["no wage tax number", wageTaxReturn(income(), { unit: "<NmIP>Bakkerij</NmIP>" }), "import-incomplete", { field: "LhNr" }],
  ["a wage tax number that is none", wageTaxReturn(income(), { unit: "<LhNr>999990021L01</LhNr>" }), "import-incomplete", { field: "LhNr" }],
  ["no period", wageTaxReturn(income()).replace(/<DatAanvTv>.*<\/DatAanvTv>/, ""), "import-incomplete", { field: "DatAanvTv" }],
  ["two employers", wageTaxReturn(income(), { more: "</AdministratieveEenheid><AdministratieveEenheid>" }), "import-several-employers", { line: 4 }],
  ["no people", wageTaxReturn(""), "import-no-people", {}],
  ["25 megabytes", " ".repeat(25 * 1024 * 1024 + 1), "import-too-large", {}],
  ["an unknown encoding", wageTaxReturn(income()).replace("UTF-8", "EBCDIC"), "import-encoding", {}],
])("a file with %s is refused", (_, xml, code, details) => expect(refusalOf(xml)).toEqual({ code, details }))

test("every odd name survives as it was written", () => {
  const names = naughtyStrings.filter((name) => !/[\p{Cc}\ufffe\uffff]/u.test(name) && name.trim() && name.length <= 200)
  expect(names.length).toBeGreaterThan(400)
  const xml = wageTaxReturn(names.map((name, index) => income({ nr: String(index + 1), bsn: "", surname: escape(name) })).join(""))
  expect(read(xml).people.map(({ surname }) => surname)).toEqual(names.map((name) => name.normalize("NFC").trim()))
})

test("5,000 people are read in under two seconds of processor time", () => {
  const amounts = Array.from({ length: 40 }, (_, index) => `<Bedrag${index}>1234.56</Bedrag${index}>`).join("")
  const figures = `<Werknemersgegevens>${amounts}</Werknemersgegevens>`
  const withFigures = (one: string) => one.replace("</NatuurlijkPersoon>", `</NatuurlijkPersoon>${figures}`)
  const incomes = Array.from({ length: 5000 }, (_, index) => withFigures(income({ nr: String(index + 1), bsn: "" })))
  const bytes = new TextEncoder().encode(wageTaxReturn(incomes.join("")))
  const start = process.threadCpuUsage()
  expect(readWageTaxReturn(bytes).people).toHaveLength(5000)
  const { user, system } = process.threadCpuUsage(start)
  expect(user + system).toBeLessThan(2_000_000)
})
