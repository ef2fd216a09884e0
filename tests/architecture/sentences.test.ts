import { expect, test } from "vitest"
import nl from "#messages/nl.json" with { type: "json" }
import { filesUnder, withoutComments } from "../support/source-files.ts"

const src = filesUnder("src", /\.tsx?$/).map((file) => ({ ...file, text: withoutComments(file.text) }))
const sentence = (key: string): unknown =>
  key.split(".").reduce<unknown>((tree, part) => (tree !== null && typeof tree === "object" ? Reflect.get(tree, part) : undefined), nl)

test("every sentence that is asked for by name stands in the catalogue", () => {
  const missing = src.flatMap(({ path, text }) => {
    const spaces = [...text.matchAll(/\b(?:getTranslations|useTranslations)\(\s*(?:"([\w.-]+)")?\s*\)/g)].map(([, space]) => space)
    const mail = /\bwordsFor\(/.test(text) ? ["mails"] : []
    const asked = [...text.matchAll(/(?<![\w.$])t(?:\.rich|\.markup|\.raw)?\(\s*"([\w.-]+)"/g)].map(([, key = ""]) => key)
    const all = [undefined, ...spaces, ...mail]
    return asked
      .filter((key) => !all.some((space) => sentence(space ? `${space}.${key}` : key) !== undefined))
      .map((key) => `${path} ${key}`)
  })
  expect(missing).toEqual([])
})

test("every refusal has a sentence of its own", () => {
  const codes = src.flatMap(({ text }) =>
    [...text.matchAll(/new (?:NotFound|Forbidden|Invalid|Conflict|TooMany)\(\s*"([\w-]+)"/g)].map(([, code = ""]) => code),
  )
  expect(codes.length).toBeGreaterThan(10)
  expect([...new Set(codes)].filter((code) => typeof sentence(`errors.${code}`) !== "string")).toEqual([])
})
