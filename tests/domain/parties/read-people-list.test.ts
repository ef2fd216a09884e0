import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { readPeopleCsv } from "#domain/parties/read-people-list.ts"
import { Invalid } from "#policy/errors.ts"
import { listName } from "#policy/person-name.ts"
import naughtyStrings from "../../corpora/naughty-strings.json" with { type: "json" }
import march from "../../samples/korenmaat-2026-03/expected.json" with { type: "json" }

const read = (csv: string) => readPeopleCsv(new TextEncoder().encode(csv))
const sampleOf = (month: string) => readFileSync(new URL(`../../samples/korenmaat-${month}/werknemers.csv`, import.meta.url))

function refusalOf(csv: string | Uint8Array): { code: string; details: object } {
  try {
    readPeopleCsv(typeof csv === "string" ? new TextEncoder().encode(csv) : csv)
  } catch (error) {
    if (error instanceof Invalid) return { code: error.code, details: error.details }
    throw error
  }
  throw new Error("this CSV was read")
}

test.each(["2026-02", "2026-03"])("the people of De Korenmaat for %s come in, all 24 without a problem", (month) => {
  const { people, problems, setAside, ignoredColumns } = readPeopleCsv(sampleOf(month))
  const names = people.map(({ initials = null, prefix = null, surname = "" }) => listName({ initials, prefix, surname }))
  expect(people.map(({ number, birthDate }, index) => ({ nr: Number(number), name: names[index], born: birthDate }))).toEqual(
    march.people.map(({ nr, name, born }) => ({ nr, name, born })),
  )
  expect([problems, setAside, ignoredColumns]).toEqual([[], [], []])
  expect(people[3]).toEqual({
    line: 5,
    number: "4",
    initials: "M.A.",
    prefix: "van den",
    surname: "Berg",
    birthDate: "2000-10-21",
    bsn: "999961810",
    email: "medewerker4@voorbeeld.test",
    address: { street: "Zuideinde", houseNumber: "10", postcode: "1533HB", city: "Assen", country: "NL" },
  })
})

test("the sample saved by a spreadsheet in Windows-1252, with commas, or with a byte order mark brings the same people", () => {
  const sample = sampleOf("2026-03").toString("utf8")
  const expected = readPeopleCsv(sampleOf("2026-03"))
  const asWindows1252 = sample.replace(/[^\u0000-\u00ff]/g, "?")
  expect(readPeopleCsv(Buffer.from(asWindows1252, "latin1"))).toEqual(read(asWindows1252))
  expect(read(sample.replaceAll(";", ","))).toEqual(expected)
  expect(read(sample.replaceAll(";", "\t"))).toEqual(expected)
  expect(read(`\ufeff${sample}`)).toEqual(expected)
  expect(readPeopleCsv(Buffer.from(`\ufeff${sample}`, "utf16le"))).toEqual(expected)
})

test("headings may be written in everyday ways and stand in any order; strange ones are left out and told", () => {
  const { people, ignoredColumns, problems } = read(
    'E-mailadres;Afdeling;Pers.nr.;"Geb. datum";Tussenvoegsel;ACHTERNAAM;Voorletter(s);Datum in dienst;Huisnr;Toev.;Straat;Postcode;Woonplaats;Burgerservicenummer\n' +
      "K@Voorbeeld.test;Winkel;0012;1/2/1990;de;Vries;k;2020-01-31;2;a;Dam;1506ed;Zaandam;9999.67.216",
  )
  expect(ignoredColumns).toEqual(["Afdeling"])
  expect(problems).toEqual([])
  expect(people).toEqual([
    {
      line: 2,
      number: "0012",
      initials: "k",
      prefix: "de",
      surname: "Vries",
      birthDate: "1990-02-01",
      bsn: "999967216",
      email: "K@voorbeeld.test",
      address: { street: "Dam", houseNumber: "2a", postcode: "1506ED", city: "Zaandam", country: "NL" },
      employmentFrom: "2020-01-31",
    },
  ])
})

test.each(["e-mail", "E-mail werk", "emailadres", "Email", "mailadres"])("%s is the heading of an e-mail address", (heading) => {
  expect(read(`personeelsnummer;${heading}\n1;a@voorbeeld.test`).people).toEqual([{ line: 2, number: "1", email: "a@voorbeeld.test" }])
})

test("a private e-mail address is not taken for the one in payroll", () => {
  const { people, ignoredColumns } = read("nummer;achternaam;e-mail privé\n1;Vries;a@voorbeeld.test")
  expect([people[0]?.email, ignoredColumns]).toEqual([undefined, ["e-mail privé"]])
})

test("an empty field tells nothing, but an empty prefix beside a surname tells there is none", () => {
  const [person] = read("nummer;voorletters;voorvoegsel;achternaam;bsn;email;geboortedatum\n1;;;Vries;;;").people
  expect(person).toEqual({ line: 2, number: "1", prefix: null, surname: "Vries" })
})

test.each([
  ["16-04-1986", "1986-04-16"],
  ["6/4/1986", "1986-04-06"],
  ["16.4.1986", "1986-04-16"],
  ["1986-04-16", "1986-04-16"],
  ["29-02-2024", "2024-02-29"],
  ["39553", "2008-04-15"],
])("%s is a date", (written, date) => expect(read(`nr;achternaam;geboortedatum\n1;Vries;${written}`).people[0]?.birthDate).toBe(date))

test.each(["29-02-2023", "31-04-1990", "00-01-1990", "16-13-1986", "16-04-86", "04/16/1986", "1986-4-16", "16 april 1986", "16-04-1899", "1899", "3955300"])(
  "%s is not a date",
  (written) => {
    expect(read(`nr;achternaam;geboortedatum\n1;Vries;${written}`)).toMatchObject({
      people: [],
      problems: [{ line: 2, code: "date-impossible", field: "birthDate", blocking: true }],
      setAside: ["1"],
    })
  },
)

const HEADER = "nummer;achternaam;bsn;email"
test.each([
  ["no number", ";Vries;;a@voorbeeld.test", [["number-missing", "number", true]]],
  ["neither a name nor an address", "1;;;", [["name-missing", "surname", true]]],
  ["an invalid BSN", "1;Vries;999967217;", [["bsn-invalid", "bsn", true]]],
  ["too few fields", "1;Vries", [["too-few-fields", null, true]]],
  ["too many fields", "1;Vries;;;Dam", [["too-many-fields", null, true]]],
  ["a surname of 201 letters", `1;${"a".repeat(201)};;`, [["text-too-long", "surname", true]]],
  ["an address that is none, and no name", "1;;;geen", [["email-invalid", "email", true]]],
  ["two wrong fields", ";Vries;1;", [["bsn-invalid", "bsn", true], ["number-missing", "number", true]]],
])("a line with %s is kept out and told, without the value", (_, line, expected) => {
  const { people, problems } = read(`${HEADER}\n2;Bakker;;\n${line}\n3;Koning;;`)
  expect(people.map(({ number }) => number)).toEqual(["2", "3"])
  expect(problems).toEqual(expected.map(([code, field, blocking]) => ({ line: 3, code, field, blocking })))
})

test("an e-mail address that cannot be used is a warning: the person comes in without it", () => {
  expect(read(`${HEADER}\n1;Vries;;a@voorbeeld.test,b@kwaad.test`)).toMatchObject({
    people: [{ number: "1", surname: "Vries", email: undefined }],
    problems: [{ line: 2, code: "email-invalid", field: "email", blocking: false }],
    setAside: [],
  })
})

test("a number that comes twice keeps every such line out: which is right is not guessed", () => {
  const { people, problems, setAside } = read(`${HEADER}\n7;Vries;;\n8;Bakker;;\n007;Koning;;`)
  expect(people.map(({ number }) => number)).toEqual(["8"])
  expect(problems).toEqual([2, 4].map((line) => ({ line, code: "number-duplicate", field: "number", blocking: true })))
  expect(setAside).toEqual(["7", "007"])
})

test("lines count as an editor counts them, also after a field of two lines and an empty line", () => {
  expect(read(`${HEADER}\n1;"Vries\nSmit";;\n\n2;Bakker;1;`)).toMatchObject({
    people: [{ line: 2, surname: "Vries Smit" }],
    problems: [{ line: 5, code: "bsn-invalid" }],
  })
})

test("empty fields behind the last heading do no harm", () => {
  expect(read("nummer;achternaam\n1;Vries;;;").people).toHaveLength(1)
})

test.each([
  ["nothing in it", "", "import-empty", {}],
  ["only headings", HEADER, "import-empty", {}],
  ["no headings", "1;Vries\n2;Bakker", "import-no-header", { line: 1 }],
  ["a quote that does not end", `${HEADER}\n1;"Vries;;\n2;Bakker;;`, "import-quotes", { line: 2 }],
  ["the bytes of a spreadsheet", "PK\u0003\u0004\u0000\u0000", "import-not-csv", {}],
  ["11 megabytes", "x".repeat(11 * 1024 * 1024), "import-too-large", {}],
])("a file with %s is refused", (_, csv, code, details) => expect(refusalOf(csv)).toEqual({ code, details }))

test("every odd name survives as it was written, control characters aside", () => {
  const names = naughtyStrings.filter((name) => name.replace(/[\p{Cc}\s]/gu, "") && name.length <= 200 && !name.includes("\0"))
  expect(names.length).toBeGreaterThan(400)
  const csv = names.map((name, index) => `${index + 1};"${name.replaceAll('"', '""')}"`).join("\n")
  const { people, problems } = read(`nummer;achternaam\n${csv}`)
  expect(problems).toEqual([])
  expect(people.map(({ surname }) => surname)).toEqual(names.map((name) => name.normalize("NFC").replace(/\p{Cc}+/gu, " ").trim()))
})

test("5,000 people are read in under two seconds of processor time", () => {
  const line = "K;de;Vries;03-11-1998;999920960;medewerker@voorbeeld.test;Kerkweg;4;1511 BH;Utrecht"
  const lines = Array.from({ length: 5000 }, (_, index) => `${index + 1};${line}`)
  const csv = `nummer;voorletters;voorvoegsel;achternaam;geboortedatum;bsn;email;straat;huisnummer;postcode;plaats\n${lines.join("\n")}`
  const start = process.threadCpuUsage()
  expect(read(csv).people).toHaveLength(5000)
  const { user, system } = process.threadCpuUsage(start)
  expect(user + system).toBeLessThan(2_000_000)
})
