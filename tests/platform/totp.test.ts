import { expect, test } from "vitest"
import { qrCode } from "#platform/qr-code.ts"
import { codeAt, newTotpSecret, stepAt, stepOf, totpAddress } from "#platform/totp.ts"
import { codeFor } from "../support/totp.ts"

/** "12345678901234567890" in base32: the secret of RFC 6238, appendix B. */
const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

/** The codes of appendix B for SHA-1 have eight digits; the last six are the code of six. */
test.each([
  [59, "94287082"],
  [1111111109, "07081804"],
  [1111111111, "14050471"],
  [1234567890, "89005924"],
  [2000000000, "69279037"],
  [20000000000, "65353130"],
])("at second %i the code is that of the standard, and the tests' own app makes the same", (seconds, code) => {
  const at = new Date(seconds * 1000)
  expect(codeAt(secret, stepAt(at))).toBe(code.slice(2))
  expect(codeFor(secret, at, { digits: 8 })).toBe(code)
})

test("a code counts in its own step of 30 seconds and in those beside it, and no further", () => {
  const at = new Date(1111111111_000)
  expect([-2, -1, 0, 1, 2].map((away) => stepOf(secret, codeFor(secret, at, { away }), at))).toEqual([null, stepAt(at) - 1, stepAt(at), stepAt(at) + 1, null])
  expect(["", "05047", "0504711", "abcdef", "05047é"].map((code) => stepOf(secret, code, at))).toEqual([null, null, null, null, null])
})

test("a new secret has 160 bits, and no two are the same", () => {
  const secrets = Array.from({ length: 100 }, newTotpSecret)
  expect(secrets.every((one) => /^[A-Z2-7]{32}$/.test(one))).toBe(true)
  expect(new Set(secrets).size).toBe(100)
})

test("the address for an app names the portal and the account, and fits in a picture", () => {
  const address = new URL(totpAddress(secret, "iemand@test.test"))
  expect([address.protocol, decodeURIComponent(address.pathname), address.searchParams.get("secret")]).toEqual(["otpauth:", expect.stringContaining("iemand@test.test"), secret])
  const { size, path } = qrCode(address.href)
  expect(size).toBeGreaterThan(29)
  expect(path).toMatch(/^(M\d+ \d+h1v1h-1z)+$/)
})
