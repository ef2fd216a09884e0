import { setTimeout } from "node:timers/promises"
import { expect, test } from "vitest"
import { sideBySide } from "#platform/side-by-side.ts"

async function* numbers(count: number, asked: number[] = []): AsyncGenerator<number> {
  for (let number = 1; number <= count; number += 1) {
    asked.push(number)
    yield number
  }
}

test("everything is worked on, three at a time, and no more is asked for than can be worked on", async () => {
  const [asked, done]: [number[], number[]] = [[], []]
  let [running, most] = [0, 0]
  await sideBySide(numbers(20, asked), 3, async (number) => {
    most = Math.max(most, ++running)
    expect(asked.length).toBeLessThanOrEqual(done.length + 3)
    await setTimeout(number % 4)
    running -= 1
    done.push(number)
  })
  expect(most).toBe(3)
  expect(done.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
})

test("when one fails no more are begun, what was begun is done first, and its error comes out", async () => {
  const [asked, done]: [number[], number[]] = [[], []]
  const working = sideBySide(numbers(20, asked), 3, async (number) => {
    if (number === 2) throw new Error("two is wrong")
    await setTimeout(20)
    done.push(number)
  })
  await expect(working).rejects.toThrow("two is wrong")
  expect(done).toEqual([1, 3])
  expect(asked).toEqual([1, 2, 3])
})

test("when what comes fails, what was begun is done first", async () => {
  const done: number[] = []
  async function* failing() {
    yield 1
    throw new Error("no more")
  }
  await expect(sideBySide(failing(), 3, async (number) => setTimeout(20).then(() => done.push(number)))).rejects.toThrow("no more")
  expect(done).toEqual([1])
})
