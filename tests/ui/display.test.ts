import { createTranslator } from "next-intl"
import { describe, expect, test } from "vitest"
import nl from "#messages/nl.json" with { type: "json" }
import { countText, euroText } from "#ui/amounts.ts"
import { calendarDateText, dayText, momentText, timeAgoText } from "#ui/dates.ts"
import { errorSentence } from "#ui/error-sentence.ts"
import { fileTitle } from "#ui/file-title.ts"
import { sizeText } from "#ui/sizes.ts"
import { themeFor } from "#ui/theme.ts"

const t = createTranslator({ locale: "nl", messages: nl, timeZone: "Europe/Amsterdam" })

describe("dates are written as people here write them", () => {
  test("a moment is shown in Dutch time, in summer and in winter", () => {
    expect(momentText(new Date("2026-03-25T08:12:00Z"))).toBe("25-03-2026 09:12")
    expect(momentText(new Date("2026-07-25T08:12:00Z"))).toBe("25-07-2026 10:12")
  })
  test("just after midnight it is the next day here, though not yet in UTC", () => {
    expect(dayText(new Date("2026-03-31T22:30:00Z"))).toBe("01-04-2026")
    expect(momentText(new Date("2026-03-31T22:05:00Z"))).toBe("01-04-2026 00:05")
  })
  test("a birth date has no time zone", () => {
    expect(calendarDateText("1988-03-12")).toBe("12-03-1988")
  })
  test.each([
    ["2026-03-22T09:00:00Z", "3 dagen geleden"],
    ["2026-03-25T06:59:00Z", "2 uur geleden"],
    ["2026-03-25T08:59:40Z", "nu"],
    ["2026-03-26T09:00:00Z", "morgen"],
    ["2024-03-25T09:00:00Z", "2 jaar geleden"],
  ])("%s is said as %s", (moment, words) => {
    expect(timeAgoText(new Date(moment), new Date("2026-03-25T09:00:00Z"), "nl")).toBe(words)
  })
})

test.each([
  [0, "0 bytes"],
  [999, "999 bytes"],
  [1000, "1 kB"],
  [57_812, "58 kB"],
  [999_600, "1 MB"],
  [1_234_567, "1,2 MB"],
  [12_345_678, "12 MB"],
  [9_960_000, "10 MB"],
  [3_400_000_000, "3,4 GB"],
])("%i bytes are shown as %s", (bytes, words) => {
  expect(sizeText(bytes)).toBe(words)
})

test("counts and amounts have Dutch points and commas", () => {
  expect(countText(1234567)).toBe("1.234.567")
  expect(countText(1234, "en")).toBe("1,234")
  expect(euroText(234567).replaceAll(/\s/g, " ")).toBe("€ 2.345,67")
})

describe("a payroll file is named by its kind and period", () => {
  const march = { year: 2026, kind: "month", number: 3 } as const
  test.each([
    ["Loonstrook - maart 2026", fileTitle(t, "payslip", 2026, march)],
    ["Loonstrook - periode 3 2026", fileTitle(t, "payslip", 2026, { ...march, kind: "four-weeks" })],
    ["Serie-overzichten maart 2026", fileTitle(t, "series-overview", 2026, march)],
    ["Jaaropgave 2025", fileTitle(t, "annual-statement", 2025)],
    ["Stand verzuim- en verlofdagen - maart 2026", fileTitle(t, "leave-balance", 2026, march)],
  ])("%s", (name, shown) => {
    expect(shown).toBe(name)
  })
})

describe("an error is told in a sentence", () => {
  test("each code has its own", () => {
    expect(errorSentence(t, "encrypted")).toBe(nl.errors.encrypted)
  })
  test("one that is new to the catalogue still says what to do", () => {
    expect(errorSentence(t, "never-heard-of")).toBe(nl.errors.invalid)
    expect(errorSentence(t, "page")).toBe(nl.errors.invalid)
    expect(errorSentence(t, "constructor")).toBe(nl.errors.invalid)
  })
  test("a bug is told with its reference", () => {
    expect(errorSentence(t, "unexpected", { reference: "7F3A" })).toContain("7F3A")
  })
})

test("only the two themes there are can be chosen", () => {
  expect([themeFor("dark"), themeFor("light"), themeFor('"><script>'), themeFor(undefined)]).toEqual(["dark", "light", undefined, undefined])
})
