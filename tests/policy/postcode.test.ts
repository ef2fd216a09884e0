import { expect, test } from "vitest"
import { normalisePostcode, showPostcode } from "#policy/postcode.ts"

test.each(["1506ED", "1506 ED", "1506 ed", " 1506  ed ", "1506\u00a0ED"])("%j is stored as 1506ED", (text) => expect(normalisePostcode(text)).toBe("1506ED"))

test.each(["0506ED", "1506", "1506EDD", "1506SS", "1506 SA", "1506sd", "B-2000", ""])("%j is not a Dutch postcode", (text) =>
  expect(normalisePostcode(text)).toBeNull(),
)

test("a Dutch postcode is shown with a space, a foreign one as it is", () => {
  expect(showPostcode("1506ED")).toBe("1506 ED")
  expect(showPostcode("SW1A 1AA")).toBe("SW1A 1AA")
})
