import { dictionary } from "@zxcvbn-ts/language-common"
import { expect, test } from "vitest"
import { whyGuessable } from "#platform/password-strength.ts"

/** The list comes ordered, the most common first (ASVS 6.2.4 asks for 3,000). */
const common = dictionary["passwords-common"].slice(0, 3000)

/** How people make a common word look like a password. */
const variants = (word: string) => [`${word[0]?.toUpperCase()}${word.slice(1)}`, `${word}1`, `${word}!`, word.repeat(Math.ceil(15 / word.length))]

test("the three thousand most common passwords are refused, the first hundreds also dressed up and repeated until they are long", async () => {
  const good: string[] = []
  for (const word of [...common, ...common.slice(0, 300).flatMap(variants)]) if ((await whyGuessable(word, [])) === null) good.push(word)
  expect(common).toHaveLength(3000)
  expect(good).toEqual([])
})

test("words nobody strings together are good, whatever characters they are of", async () => {
  for (const password of ["zeven groene fietsen", "ΨΩ тихо 本棚 🚲 é", "kat op het dak van Urk"]) expect([password, await whyGuessable(password, [])]).toEqual([password, null])
})
