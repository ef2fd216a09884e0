import { dictionary } from "@zxcvbn-ts/language-common"
import { expect, test } from "vitest"
import { whyGuessable } from "#platform/password-strength.ts"

/** The list comes ordered, the most common first (ASVS 6.2.4 asks for 3,000). */
const common = dictionary["passwords-common"].slice(0, 5000)

test("the five thousand most common passwords are refused, also with a capital or a digit behind them, and repeated until they are long", async () => {
  const good: string[] = []
  for (const password of common) {
    for (const variant of [password, password[0]?.toUpperCase() + password.slice(1), `${password}1`]) if ((await whyGuessable(variant, [])) === null) good.push(variant)
  }
  for (const password of common.slice(0, 300)) if ((await whyGuessable(password.repeat(Math.ceil(15 / password.length)), [])) === null) good.push(`${password}, repeated`)
  expect(common).toHaveLength(5000)
  expect(good).toEqual([])
})

test("words nobody strings together are good, whatever characters they are of", async () => {
  for (const password of ["zeven groene fietsen", "ΨΩ тихо 本棚 🚲 é", "kat op het dak van Urk"]) expect([password, await whyGuessable(password, [])]).toEqual([password, null])
})
