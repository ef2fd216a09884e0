import { describe, expect, test } from "vitest"
import { judgePassword } from "#policy/password-rules.ts"

const judge = (password: string, hasSecondStep = false, own: readonly string[] = []) => judgePassword(password, { own, hasSecondStep })

describe("a password is as long as it is typed, in characters", () => {
  test.each([
    [14, false, "password-too-short"],
    [15, false, null],
    [7, true, "password-too-short-with-step"],
    [8, true, null],
    [64, false, null],
    [128, false, null],
    [129, false, "password-too-long"],
    [129, true, "password-too-long"],
  ])("%i, with a second step: %s", (length, hasSecondStep, problem) => {
    for (const character of ["q", " ", "é", "ё", "本", "🚲"]) expect([character, judge(character.repeat(length), hasSecondStep)]).toEqual([character, problem])
  })

  test("a letter with its accent apart is one character", () => {
    expect(judge("e\u0301".repeat(14))).toBe("password-too-short")
    expect(judge("e\u0301".repeat(128))).toBeNull()
  })
})

test("what is left without the holder's own words is not too little", () => {
  const own = ["anna.devries@voorbeeld.test", "Bakkerij De Korenmaat", "1986"]
  for (const password of ["annadevries1986!!", "KORENMAAT-bakkerij", "voorbeeld1986 anna"]) expect([password, judge(password, false, own)]).toEqual([password, "password-own-data"])
  for (const password of ["anna fietst door de regen", "zeven groene fietsen"]) expect([password, judge(password, false, own)]).toEqual([password, null])
})
