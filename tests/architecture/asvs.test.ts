import { expect, test } from "vitest"
import { filesUnder } from "../support/source-files.ts"

/** How many requirements each section of OWASP ASVS 5.0 has in chapters V6 (authentication), V7 (sessions) and V8 (authorization): 79 in all. */
const sections: Readonly<Record<string, number>> = {
  "6.1": 3,
  "6.2": 12,
  "6.3": 8,
  "6.4": 6,
  "6.5": 8,
  "6.6": 4,
  "6.7": 2,
  "6.8": 4,
  "7.1": 3,
  "7.2": 4,
  "7.3": 2,
  "7.4": 5,
  "7.5": 3,
  "7.6": 2,
  "8.1": 4,
  "8.2": 4,
  "8.3": 3,
  "8.4": 2,
}

const tests = new Map(filesUnder("tests", /\.test\.ts$/).map((file) => [file.path, file.text]))
const table = filesUnder("docs", /^asvs\.md$/).flatMap((file) => file.text.split("\n").filter((line) => /^\| \d+\.\d+\.\d+ \|/.test(line)))
const rows = table.map((line) => {
  const [id = "", level = "", asks = "", shown = "", ...more] = line.slice(2, -2).split(" | ")
  return { id, level, asks, shown, more }
})

/** The tests that a row names: each path with the beginnings of titles that follow it. A title without a path before it has none. */
function named(shown: string): { path: string; titles: string[] }[] {
  const [before = "", ...pieces] = shown.split(/(?=`[\w./-]+\.test\.ts`)/)
  const all = before.startsWith("`") ? [before, ...pieces] : [`\`\` ${before}`, ...pieces]
  return all.map((piece) => ({ path: /^`([^`]*)`/.exec(piece)?.[1] ?? "", titles: [...piece.matchAll(/"([^"]+)"/g)].map(([, title = ""]) => title) }))
}

test("every requirement on getting in, sessions and rights stands in the table once, in order", () => {
  const ids = Object.entries(sections).flatMap(([section, count]) => Array.from({ length: count }, (_one, index) => `${section}.${index + 1}`))
  expect(ids).toHaveLength(79)
  expect(rows.map(({ id }) => id)).toEqual(ids)
})

test("each says its level, what it asks, and what shows it, or why nothing does", () => {
  const isWhole = ({ level, asks, shown, more }: (typeof rows)[number]) =>
    /^[123]$/.test(level) && asks.length > 0 && /^(Test|Does not apply|Does not hold yet): \S/.test(shown) && more.length === 0
  expect(rows.filter((row) => !isWhole(row))).toEqual([])
})

test("each that a test shows names a test", () => {
  const shownByTest = rows.filter(({ shown }) => shown.startsWith("Test: "))
  expect(shownByTest.length).toBeGreaterThan(20)
  expect(shownByTest.filter(({ shown }) => !named(shown).some(({ titles }) => titles.length > 0)).map(({ id }) => id)).toEqual([])
})

test("every test that is named is there, under that title", () => {
  const missing = rows.flatMap(({ id, shown }) =>
    named(shown).flatMap(({ path, titles }) => {
      const text = tests.get(`tests/${path}`)
      if (text === undefined) return path === "" && titles.length === 0 ? [] : [`${id} ${path} ${titles.join(", ")}`]
      if (titles.length === 0) return [`${id} ${path} without a title`]
      return titles.filter((title) => !text.includes(`"${title}`)).map((title) => `${id} ${path} ${title}`)
    }),
  )
  expect(missing).toEqual([])
})
