import { expect, test } from "vitest"
import { isWageTaxNumber, normaliseWageTaxNumber } from "#policy/wage-tax-number.ts"

test.each(["999990020L01", "123456782L99"])("%s is a wage tax number", (text) => expect(isWageTaxNumber(text)).toBe(true))

test.each([
  ["sub-number 00", "999990020L00"],
  ["digits that fail the eleven test", "999990021L01"],
  ["three leading zeros", "000000012L01"],
  ["a B for an L", "999990020B01"],
  ["one digit short", "99999002L01"],
  ["something behind it", "999990020L01\n"],
  ["nothing at all", ""],
])("%s makes it no wage tax number: %j", (_, text) => expect(isWageTaxNumber(text)).toBe(false))

test("spaces, dots and a small l are put right", () => {
  expect(normaliseWageTaxNumber(" 9999.90.020 l 01 ")).toBe("999990020L01")
  expect(normaliseWageTaxNumber("9999.90.021 L 01")).toBeNull()
})
