import fc from "fast-check"
import { expect, test } from "vitest"
import { isBsn, maskBsn, normaliseBsn } from "#policy/bsn.ts"

/** The weighted sum of the first eight digits, reckoned without weights: running totals added up, the last one twice. */
function sumOf(eightDigits: string): number {
  let running = 0
  let sum = 0
  for (const digit of eightDigits) sum += running += Number(digit)
  return sum + running
}

/** The digit that makes a BSN of the other eight; null where there is none. */
function lastDigitOf(eightDigits: string): number | null {
  const remainder = sumOf(eightDigits) % 11
  return remainder < 10 && sumOf(eightDigits) > remainder ? remainder : null
}

const eightDigits = fc.integer({ min: 0, max: 99_999_999 }).map((number) => String(number).padStart(8, "0"))

test("a BSN is nine digits of which the last follows from the other eight", () => {
  fc.assert(
    fc.property(eightDigits, fc.integer({ min: 0, max: 9 }), (start, last) => {
      expect(isBsn(`${start}${last}`)).toBe(lastDigitOf(start) === last)
    }),
    { numRuns: 3000 },
  )
})

test("one wrong digit in a BSN never gives another BSN", () => {
  const bsns = eightDigits.filter((start) => lastDigitOf(start) !== null).map((start) => `${start}${lastDigitOf(start)}`)
  fc.assert(
    fc.property(bsns, fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 9 }), (bsn, place, shift) => {
      const digits = [...bsn]
      digits[place] = String((Number(digits[place]) + shift) % 10)
      expect(isBsn(digits.join(""))).toBe(false)
    }),
  )
})

test.each(["999967216", "999920960", "111222333", "123456782"])("%s is a BSN", (bsn) => expect(isBsn(bsn)).toBe(true))

test.each(["000000000", "100000009", "042168588", "99996721", "9999672160", "99996721a", "999 967 216", "٩٩٩٩٦٧٢١٦", "", "999967216\n"])(
  "%j is not a BSN",
  (text) => expect(isBsn(text)).toBe(false),
)

test("spaces and dots are taken out, and a lost leading zero is put back", () => {
  expect(normaliseBsn("9999.67.216")).toBe("999967216")
  expect(normaliseBsn(" 9999 67 216 ")).toBe("999967216")
  expect(normaliseBsn("12000000")).toBe("012000000")
  expect(normaliseBsn("999967217")).toBeNull()
  expect(normaliseBsn("2000000")).toBeNull()
})

test("a list shows the last three digits of a BSN and nothing of what is no BSN", () => {
  expect(maskBsn("999967216")).toBe("••••••216")
  expect(maskBsn("geheim")).toBe("•••••••••")
})
