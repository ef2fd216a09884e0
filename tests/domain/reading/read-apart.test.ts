import { expect, test } from "vitest"
import { readPeopleCsv } from "#domain/parties/read-people-list.ts"
import { readPeopleApart, recogniseXmlApart } from "#domain/reading/read-apart.ts"
import type { PeopleSource } from "#domain/reading/reading-jobs.ts"
import { sample } from "../../support/house.ts"
import { longestTurn } from "../../support/longest-turn.ts"
import { workbook } from "../../support/workbook.ts"

const megabytes = 10_000_000
const full = (text: string, size = megabytes) => text.repeat(Math.floor(size / text.length))
const bytes = (text: string) => new TextEncoder().encode(text)
const namespace = 'xmlns="http://xml.belastingdienst.nl/schemas/Loonaangifte/2026/01"'

/** What a file is refused for, or "read"; and the longest that this thread was busy with it, in milliseconds. */
async function outcomeOf(source: PeopleSource, file: Uint8Array): Promise<{ outcome: string; delay: number }> {
  const { result, milliseconds } = await longestTurn(() =>
    readPeopleApart(source, file).then(
      () => "read",
      (error: unknown) => (error instanceof Error ? error.message : "odd"),
    ),
  )
  return { outcome: result, delay: milliseconds }
}

// Each is well within the ten seconds that a file is given, on a busy machine too.
test.each<[string, PeopleSource, string, string]>([
  ["one endless instruction", "wage-tax-return", `<a><?x ${full("y ")}?></a>`, "import-too-large"],
  ["instructions", "wage-tax-return", `<a>${full(`<?x ${"y ".repeat(490)}?>`)}</a>`, "import-wrong-root"],
  ["nobody's incomes", "wage-tax-return", `<Loonaangifte ${namespace}>${full("<Inkomstenperiode></Inkomstenperiode>", 4_000_000)}</Loonaangifte>`, "import-incomplete"],
  ["accents on one letter", "csv", `nummer;achternaam\n1;a${full("\u0301\u0323", 4_500_000)}`, "read"],
  ["lines without a separator before an endless one", "csv", `"nummer";achternaam\n${"1\n".repeat(49_000)}${full("x", 9_800_000)}`, "import-too-many"],
  ["nothing but line breaks", "csv", full("\n"), "import-too-large"],
  ["quotes", "csv", `nummer;achternaam\n1;"${full('""', 9_900_000)}`, "import-quotes"],
])("megabytes of %s are read without holding up anybody", { timeout: 60_000 }, async (_, source, text, expected) => {
  const { outcome, delay } = await outcomeOf(source, bytes(text))
  expect(outcome).toBe(expected)
  expect(delay).toBeLessThan(1_000)
})

test("what takes the reader longest is read or given up, and holds up nobody", { timeout: 60_000 }, async () => {
  const { outcome, delay } = await outcomeOf("wage-tax-return", bytes(`<a>${full("<b/>", 3_900_000)}</a>`))
  expect(outcome).toMatch(/^import-(wrong-root|too-slow)$/)
  expect(delay).toBeLessThan(1_000)
})

test("what comes out is what was in the file, or why not", async () => {
  const csv = await sample("maart", "werknemers.csv")
  const apart = await readPeopleApart("csv", csv)
  expect(apart.people).toHaveLength(24)
  expect(apart).toMatchObject(readPeopleCsv(csv))
  expect(await readPeopleApart("wage-tax-return", await sample("maart", "loonaangifte-2026-03.xml"))).toMatchObject({ wageTaxNumber: "999990020L01", problemCount: 0 })
  await expect(readPeopleApart("csv", bytes('nummer;achternaam\n1;"a'))).rejects.toMatchObject({ code: "import-quotes", details: { line: 2 } })
})

test("twenty thousand people can come in at once, and not one more", async () => {
  const list = (count: number) => bytes(`nummer;achternaam\n${Array.from({ length: count }, (_, index) => `${index + 1};Bakker\n`).join("")}`)
  expect((await readPeopleApart("csv", list(20_000))).people).toHaveLength(20_000)
  await expect(readPeopleApart("csv", list(20_001))).rejects.toMatchObject({ code: "import-too-many", details: { most: 20_000 } })
})

test("a workbook of twenty thousand people and twelve columns is read within the limits, and holds up nobody", { timeout: 60_000 }, async () => {
  const headings = ["nummer", "voorletters", "voorvoegsel", "achternaam", "geboortedatum", "email", "straat", "huisnummer", "postcode", "plaats", "in dienst", "uit dienst"]
  const rows = Array.from({ length: 20_000 }, (_, index) => [index + 1, "K", "de", `Vries${index}`, { day: 31_143 }, `w${index}@voorbeeld.test`, "Kerkweg", 4, "1511BH", "Utrecht", { day: 45_000 }, null])
  const file = workbook([{ name: "Blad1", rows: [headings, ...rows] }])
  const { result, milliseconds } = await longestTurn(() => readPeopleApart("xlsx", file))
  expect([result.people.length, result.problemCount, result.people.at(-1)?.birthDate]).toEqual([20_000, 0, "1985-04-06"])
  expect(milliseconds).toBeLessThan(1_000)
})

test("of more problems than anybody reads, the first come back with their number", async () => {
  const read = await readPeopleApart("csv", bytes(`nummer;achternaam;bsn\n${Array.from({ length: 500 }, (_, index) => `${index + 1};Bakker;1\n`).join("")}`))
  expect([read.problems.length, read.problemCount, read.people.length]).toEqual([200, 500, 0])
})

test("an XML file of a delivery is recognised in the same thread", async () => {
  expect(await recogniseXmlApart(await sample("maart", "loonaangifte-2026-03.xml"), "999990020L01")).toMatchObject({ kind: "wage-tax-return", parked: null })
  expect(await recogniseXmlApart(bytes("<a/>"), "999990020L01")).toMatchObject({ parked: "unknown-xml" })
})
