import { expect, test } from "vitest"
import { clockTextOf, momentOf } from "#policy/dutch-moment.ts"

test.each([
  ["2026-01-15T09:00", "2026-01-15T08:00:00.000Z"],
  ["2026-07-15T09:00", "2026-07-15T07:00:00.000Z"],
  ["2026-03-29T01:59", "2026-03-29T00:59:00.000Z"],
  ["2026-03-29T03:00", "2026-03-29T01:00:00.000Z"],
  ["2026-10-25T01:59", "2026-10-24T23:59:00.000Z"],
  ["2026-10-25T03:00", "2026-10-25T02:00:00.000Z"],
  ["2024-02-29T00:00", "2024-02-28T23:00:00.000Z"],
])("a clock in the Netherlands shows %s at %s", (clockText, iso) => {
  const moment = momentOf(clockText)
  expect(moment).toEqual(new Date(iso))
  expect(clockTextOf(new Date(iso))).toBe(clockText)
})

test.each([
  ["2026-03-29T02:00", "no-such-hour"],
  ["2026-03-29T02:59", "no-such-hour"],
  ["2026-10-25T02:00", "hour-twice"],
  ["2026-10-25T02:59", "hour-twice"],
  ["2026-02-29T09:00", "no-date"],
  ["2026-13-01T09:00", "no-date"],
  ["2026-01-01T24:00", "no-date"],
  ["2026-01-01 09:00", "no-date"],
  ["2026-01-01T09:00:00", "no-date"],
  ["", "no-date"],
])("%s is no one moment: %s", (clockText, why) => {
  expect(momentOf(clockText)).toBe(why)
})
