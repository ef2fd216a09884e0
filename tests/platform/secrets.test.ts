import { expect, test } from "vitest"
import { hashSecret, newSecret } from "#platform/secrets.ts"

test("a secret has 256 bits, each of which is one as often as not, and none comes twice", () => {
  const secrets = Array.from({ length: 20_000 }, newSecret)
  expect(new Set(secrets).size).toBe(secrets.length)
  const bits = new Array<number>(256).fill(0)
  for (const secret of secrets) {
    const bytes = Buffer.from(secret, "base64url")
    expect(bytes.length).toBe(32)
    for (const [index] of bits.entries()) bits[index] = (bits[index] ?? 0) + (((bytes[index >> 3] ?? 0) >> (index & 7)) & 1)
  }
  // Seven times the standard deviation of 20,000 throws: once in some billion runs.
  expect(bits.filter((ones) => Math.abs(ones - 10_000) > 7 * 71)).toEqual([])
})

test("what is kept of it does not say what it was", () => {
  const secret = newSecret()
  expect(Buffer.from(hashSecret(secret)).toString("base64url")).not.toBe(secret)
  expect(hashSecret(secret)).toHaveLength(32)
})
