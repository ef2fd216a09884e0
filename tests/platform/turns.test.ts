import { expect, test } from "vitest"
import { TooBusy, turns } from "#platform/turns.ts"

/** Work that ends when told to; `begun` is what began so far, in order. */
function works() {
  const begun: string[] = []
  const ends = new Map<string, PromiseWithResolvers<void>>()
  const work = (name: string) => async () => {
    begun.push(name)
    const until = Promise.withResolvers<void>()
    ends.set(name, until)
    await until.promise
    return name
  }
  return { begun, work, end: (name: string) => ends.get(name)?.resolve(), fail: (name: string) => ends.get(name)?.reject(new Error(name)) }
}

test("two work at a time, the others wait in the order in which they came, and what is too much is refused", async () => {
  const inTurn = turns({ places: 2, waiting: 2 })
  const { begun, work, end, fail } = works()
  const all = ["a", "b", "c", "d"].map((name) => inTurn(work(name)))
  await expect(inTurn(work("e"))).rejects.toThrow(TooBusy)
  expect(begun).toEqual(["a", "b"])
  end("b")
  expect(await all[1]).toBe("b")
  await Promise.resolve()
  expect(begun).toEqual(["a", "b", "c"])
  fail("a")
  await expect(all[0]).rejects.toThrow("a")
  await Promise.resolve()
  expect(begun).toEqual(["a", "b", "c", "d"])
  end("c")
  end("d")
  expect(await Promise.all(all.slice(2))).toEqual(["c", "d"])
})

test("a place that came free is taken again", async () => {
  const inTurn = turns({ places: 1, waiting: 0 })
  expect(await inTurn(async () => 1)).toBe(1)
  await expect(inTurn(() => Promise.reject(new Error("no")))).rejects.toThrow("no")
  expect(await inTurn(async () => 2)).toBe(2)
})
