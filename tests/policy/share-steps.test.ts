import { expect, test } from "vitest"
import { daysLeft } from "#policy/bin.ts"
import { endOfDay } from "#policy/last-day.ts"
import { shareStep } from "#policy/share-steps.ts"
import { PARTY_KINDS, type PartyKind } from "#policy/viewer.ts"

const may = (viewer: PartyKind, whose: PartyKind | "own") =>
  shareStep(viewer, { origin: "own", isOwn: whose === "own", ownerKind: whose === "own" ? viewer : whose })?.to.join(" and ") ?? "nobody"

test.each<[PartyKind, PartyKind | "own", string]>([
  ["employee", "own", "employer"],
  ["employer", "own", "engagement and employee"],
  ["office", "own", "employer"],
  ["employer", "employee", "engagement"],
  ["employer", "office", "nobody"],
  ["employer", "employer", "nobody"],
  ["office", "employee", "nobody"],
  ["office", "employer", "nobody"],
  ["employee", "employer", "nobody"],
  ["employee", "employee", "nobody"],
])("an %s may share a file (%s) with %s", (viewer, whose, expected) => {
  expect(may(viewer, whose)).toBe(expected)
})

test("nobody shares a payroll file, nor what comes from a dossier out of sight", () => {
  for (const viewer of PARTY_KINDS) {
    expect(shareStep(viewer, { origin: "payroll", isOwn: true, ownerKind: viewer })).toBeNull()
    expect(shareStep(viewer, { origin: "own", isOwn: false, ownerKind: null })).toBeNull()
  }
})

test("the last day lasts until midnight in the Netherlands, in winter, in summer and when the clock changes", () => {
  const ends = ["2026-01-15", "2026-07-15", "2026-03-28", "2026-03-29", "2026-10-25"].map((day) => endOfDay(day)?.toISOString())
  expect(ends).toEqual(["2026-01-15T23:00:00.000Z", "2026-07-15T22:00:00.000Z", "2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z", "2026-10-25T23:00:00.000Z"])
  expect(["2026-02-30", "morgen", "", "2026-1-1"].map(endOfDay)).toEqual([null, null, null, null])
})

test("a file stays thirty days in the bin, counted in days that began", () => {
  const binned = new Date("2026-11-01T12:00:00Z")
  expect(["2026-11-01T12:00:00Z", "2026-11-30T13:00:00Z", "2026-12-05T00:00:00Z"].map((at) => daysLeft(binned, new Date(at)))).toEqual([30, 1, 0])
})
