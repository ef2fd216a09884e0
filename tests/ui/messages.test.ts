import { globSync, readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { localeFor } from "#messages/locale.ts"
import en from "#messages/en.json" with { type: "json" }
import nl from "#messages/nl.json" with { type: "json" }

type Tree = { [key: string]: string | Tree }

/** Every sentence under its full key. */
function sentences(tree: Tree, above = ""): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === "string") found.set(above + key, value)
    else for (const [below, sentence] of sentences(value, `${above}${key}.`)) found.set(below, sentence)
  }
  return found
}

/** The names of what is filled in: {title}, and `count` of {count, plural, ...}. */
function placeholders(sentence: string): string[] {
  return [...new Set([...sentence.matchAll(/(?<!(?:\b(?:zero|one|two|few|many|other)|=\d+) )\{(\w+)(?=\}|, (?:plural|select|selectordinal|number|date|time),)/g)].map((found) => found[1] ?? ""))].sort()
}

describe("the catalogue", () => {
  const dutch = sentences(nl)
  const english = sentences(en)

  test("English has a sentence for every Dutch one, and no others", () => {
    expect([...english.keys()].sort()).toEqual([...dutch.keys()].sort())
  })

  test("a sentence has the same things filled in, in both languages", () => {
    const filled = (catalogue: Map<string, string>) => Object.fromEntries([...catalogue].map(([key, sentence]) => [key, placeholders(sentence)]))
    expect(filled(english)).toEqual(filled(dutch))
  })

  test("each code by which the product says no has a sentence", () => {
    const sources = globSync(["src/{auth,domain,policy,platform,integrations}/**/*.ts"]).filter((file) => !file.includes("generated"))
    const codes = sources.flatMap((file) => [...readFileSync(file, "utf8").matchAll(/new (?:NotFound|Forbidden|Invalid|Conflict|TooMany)\(\s*"([a-z0-9-]+)"/g)].map((found) => found[1] ?? ""))
    expect(codes.length).toBeGreaterThan(10)
    expect([...new Set(codes)].filter((code) => !dutch.has(`errors.${code}`))).toEqual([])
  })

  test("no sentence is empty", () => {
    expect([...dutch, ...english].filter(([, sentence]) => sentence.trim() === "")).toEqual([])
  })

  test("the keys stand in order, so that two people adding pages do not collide", () => {
    const order = (a: string, b: string) => Number(a) - Number(b) || (a.toLowerCase() < b.toLowerCase() ? -1 : 1)
    expect(Object.keys(nl)).toEqual(Object.keys(nl).sort(order))
    expect(Object.keys(en)).toEqual(Object.keys(nl))
  })
})

describe("the language of a request", () => {
  test.each([
    ["the chosen one wins", "en", "nl", "en"],
    ["without a choice the browser decides", undefined, "en-GB,en;q=0.9,nl;q=0.8", "en"],
    ["weights count, not order", undefined, "en;q=0.3,nl;q=0.7", "nl"],
    ["a language we lack is passed over", undefined, "pl,en;q=0.5", "en"],
    ["a refused language is not used", undefined, "en;q=0", "nl"],
    ["Dutch where nothing is known", undefined, null, "nl"],
    ["nonsense in the cookie is no choice", "../en", null, "nl"],
  ])("%s", (_, chosen, accepted, locale) => {
    expect(localeFor(chosen, accepted)).toBe(locale)
  })
})
