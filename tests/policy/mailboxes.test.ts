import { describe, expect, test } from "vitest"
import { retryAt, takeTurn, type Pace } from "#policy/mailbox-pace.ts"
import { mailboxPresets, presetFor, presetKeys, takesTokens, usernameFor } from "#policy/mailbox-presets.ts"
import { mailHost, portTrouble } from "#policy/mailbox-server.ts"

const now = new Date("2026-03-25T09:12:00Z")
const seconds = (at: Date) => (at.getTime() - now.getTime()) / 1000

describe("the turns of a mailbox", () => {
  const fresh: Pace = { perMinute: 10, perDay: 100, nextAt: null, dayAt: null, dayCount: 0 }
  function turns(pace: Pace, count: number): (number | "asks again")[] {
    let kept = pace
    return Array.from({ length: count }, () => {
      const turn = takeTurn(kept, now)
      kept = { ...kept, ...turn.kept }
      return turn.kept ? seconds(turn.at) : "asks again"
    })
  }
  test("are evenly spaced", () => expect(turns(fresh, 4)).toEqual([0, 6, 12, 18]))
  test("are given out for an hour", () => expect(turns({ ...fresh, perMinute: 1, perDay: 1000 }, 63).slice(59)).toEqual([3540, 3600, "asks again", "asks again"]))
  test("are no more than there is room for in a day, and begin anew with the next", () => {
    expect(turns({ ...fresh, perDay: 2 }, 3)).toEqual([0, 6, "asks again"])
    const yesterday = new Date(now.getTime() - 24 * 60 * 60_000)
    expect(turns({ ...fresh, dayAt: yesterday, dayCount: 100 }, 1)).toEqual([0])
    expect(turns({ ...fresh, dayAt: new Date(yesterday.getTime() + 1), dayCount: 100 }, 1)).toEqual(["asks again"])
  })
})

test("a mailbox that fails is tried ever later, every four hours in the end", () => {
  expect([1, 2, 3, 4, 5, 6, 7, 100].map((failures) => seconds(retryAt(failures, now)) / 60)).toEqual([1, 5, 15, 60, 120, 240, 240, 240])
})

describe("the presets", () => {
  test.each([
    ["kantoor@GMAIL.com", "gmail"], ["a@hotmail.nl", "outlook"], ["a@casema.nl", "ziggo"], ["a@planet.nl", "kpn"], ["a@xs4all.nl", "xs4all"], ["a@zeelandnet.nl", "zeelandnet"], ["a@delinde.test", null], ["a@nietziggo.nl", null],
  ])("%s is at %s", (address, key) => expect(presetFor(address)).toBe(key))

  test("all use a port and a name that the portal connects to", () => {
    expect(presetKeys.length).toBe(12)
    const wrong = presetKeys.map((key) => mailboxPresets[key].server).filter(({ host, port, security }) => mailHost(host, { loopback: false }) !== host || portTrouble({ host, port }, { loopback: false }) || (port === 465) !== (security === "tls"))
    expect(wrong).toEqual([])
  })

  test("ZeelandNet wants what stands before the @, the others the address", () => {
    expect(presetKeys.filter((key) => usernameFor("jan@delinde.test", key) !== "jan@delinde.test")).toEqual(["zeelandnet"])
    expect(usernameFor("jan@delinde.test", null)).toBe("jan@delinde.test")
  })

  test("tokens go to the servers of who gave them alone", () => {
    expect([takesTokens("microsoft", "smtp.office365.com"), takesTokens("google", "smtp.gmail.com")]).toEqual([true, true])
    expect([takesTokens("google", "smtp.office365.com"), takesTokens("microsoft", "smtp.elders.test"), takesTokens("microsoft", "localhost")]).toEqual([false, false, false])
  })
})

test.each([
  ["smtp.provider.nl", 465, null], ["smtp.provider.nl", 587, null], ["smtp.provider.nl", 25, "mailbox-port-25"], ["smtp.provider.nl", 2525, "mailbox-port"], ["localhost", 2525, null], ["localhost", 25, "mailbox-port-25"], ["localhost", 22, "mailbox-port"],
] as const)("%s on port %i: %s", (host, port, trouble) => expect(portTrouble({ host, port }, { loopback: true })).toBe(trouble))
