import { expect, test } from "vitest"
import { readBirthDate } from "#policy/birth-date.ts"

test.each(["12-03-1988", "12-3-1988", "12/03/1988", "12.3.1988", "12 03 1988", " 12031988 ", "12 maart 1988", "12 Mrt. 1988", "12 March 1988", "1988-03-12"])(
  "a date of birth typed as %j is understood",
  (typed) => expect(readBirthDate(typed)).toBe("1988-03-12"),
)

test.each(["", "12-03-88", "31-02-1988", "29-02-1989", "00-03-1988", "12-13-1988", "12 foo 1988", "3-1988", "1231988", "maart 1988", "12-03-1988 en nog wat"])(
  "%j is no date of birth, so it costs nobody a try",
  (typed) => expect(readBirthDate(typed)).toBeNull(),
)
