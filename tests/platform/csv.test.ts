import fc from "fast-check"
import { expect, test } from "vitest"
import { CsvRefused, readCsv } from "#platform/csv.ts"

const bytes = (text: string) => new TextEncoder().encode(text)
const fieldsOf = (text: string) => readCsv(bytes(text)).rows.map(({ fields }) => fields)

function refusalOf(csv: string | Uint8Array, maxBytes?: number): [string, number | undefined] {
  try {
    readCsv(typeof csv === "string" ? bytes(csv) : csv, maxBytes)
  } catch (error) {
    if (error instanceof CsvRefused) return [error.code, error.line]
    throw error
  }
  throw new Error("this CSV was read")
}

test.each([
  ["utf-8", "UTF-8", bytes("nr;naam\n1;Öztürk")],
  ["utf-8", "UTF-8 with a byte order mark", bytes("\ufeffnr;naam\n1;Öztürk")],
  ["utf-16", "UTF-16 little end first", Buffer.from("\ufeffnr;naam\n1;Öztürk", "utf16le")],
  ["utf-16", "UTF-16 big end first", Buffer.from("\ufeffnr;naam\n1;Öztürk", "utf16le").swap16()],
  ["windows-1252", "Windows-1252", Buffer.from("nr;naam\n1;Öztürk", "latin1")],
])("%s: a file in %s is read", (encoding, _, csv) => {
  const file = readCsv(csv)
  expect([file.encoding, file.rows.map(({ fields }) => fields)]).toEqual([encoding, [["nr", "naam"], ["1", "Öztürk"]]])
})

test("the euro sign and curly quotes of Windows-1252 come through", () => {
  expect(readCsv(Buffer.from([0x80, 0x3b, 0x93, 0x94, 0xd6])).rows[0]?.fields).toEqual(["€", "“”Ö"])
})

test.each([
  [";", "nr;naam, voluit\n1;Vries, K de"],
  [",", 'nr,naam\n1,"Vries; K, de"'],
  ["\t", "nr\tnaam\n1\tVries, K de"],
  [",", "sep=,\nnr,naam\n1,x"],
  [";", "alleen"],
  [",", '"nr;x",naam,c\n1,2,3'],
])("the separator is %j", (delimiter, csv) => expect(readCsv(bytes(csv)).delimiter).toBe(delimiter))

test("a quoted field may hold separators, quotes and line breaks, and later rows keep their true line", () => {
  const { rows } = readCsv(bytes('nr;naam\r\n1;"Vries;\r\nK ""de"""\r\n\r\n;;\r\n2;x\n3;y\r4;z'))
  expect(rows).toEqual([
    { line: 1, fields: ["nr", "naam"] },
    { line: 2, fields: ["1", 'Vries;\nK "de"'] },
    { line: 6, fields: ["2", "x"] },
    { line: 7, fields: ["3", "y"] },
    { line: 8, fields: ["4", "z"] },
  ])
})

test("the line that tells Excel the separator counts as a line", () => {
  expect(readCsv(bytes("sep=;\nnr;naam\n1;x")).rows.map(({ line }) => line)).toEqual([2, 3])
})

test("an apostrophe or a quote inside a field means nothing", () => {
  expect(fieldsOf("nr;naam\n1;'t Hooft\n2;Jan \"Jopie\" Bos")).toEqual([["nr", "naam"], ["1", "'t Hooft"], ["2", 'Jan "Jopie" Bos']])
})

test("a quote that does not end is refused with its line, not swallowed with the rest of the file", () => {
  expect(refusalOf('nr;naam\n1;x\n2;"y\n3;z')).toEqual(["quotes", 3])
  expect(refusalOf('nr;naam\n1;"x" y\n2;z')).toEqual(["quotes", 2])
})

test("what has null characters is no CSV", () => {
  expect(refusalOf("PK\u0003\u0004\u0000\u0000nr;naam")[0]).toBe("not-csv")
  expect(refusalOf(Buffer.from("nr;naam", "utf16le"))[0]).toBe("not-csv")
})

test("too many bytes, rows or fields are refused", () => {
  expect(refusalOf("nr;naam", 6)[0]).toBe("too-large")
  expect(refusalOf("1;2\n".repeat(50_001))).toEqual(["too-large", 50_001])
  expect(refusalOf(";".repeat(5_000_000))[0]).toBe("too-large")
})

test("an empty file has no rows", () => {
  expect([fieldsOf(""), fieldsOf("\ufeff"), fieldsOf("\n \n")]).toEqual([[], [], []])
})

test("whatever text a spreadsheet writes, it is read back the same", () => {
  const field = fc.string({ unit: fc.constantFrom("a", "é", "1", " ", ";", ",", '"', "'", "\n", "💶", "=", "-", "\t"), maxLength: 8 })
  const table = fc.tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 6 })).chain(([width, height]) =>
    fc.array(fc.array(field, { minLength: width, maxLength: width }), { minLength: height, maxLength: height }),
  )
  fc.assert(
    fc.property(table, fc.constantFrom(";", ",", "\t", "|"), fc.constantFrom("\n", "\r\n"), fc.boolean(), (rows, delimiter, newline, mark) => {
      const header = rows[0]?.map((_, index) => `kolom${index}`) ?? []
      const written = [header, ...rows].map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(delimiter)).join(newline)
      const read = readCsv(bytes(`${mark ? "\ufeff" : ""}${written}`))
      expect(read.delimiter).toBe(delimiter)
      expect(read.rows.map(({ fields }) => fields)).toEqual([header, ...rows.filter((row) => row.some((text) => text.trim()))])
    }),
  )
})

test.each([
  ["rows without a separator before a long one", `"k";l\n${"1\n".repeat(40_000)}${"x".repeat(9_000_000)}`],
  ["pairs of quotes", `k;l\n1;"${'""'.repeat(4_500_000)}"`],
  ["line breaks between quotes", `k;l\n1;"${"\n".repeat(9_000_000)}"`],
])("nine million characters of %s are read in a moment", (_, csv) => {
  const start = process.threadCpuUsage()
  readCsv(bytes(csv))
  const { user, system } = process.threadCpuUsage(start)
  expect(user + system).toBeLessThan(3_000_000)
})
