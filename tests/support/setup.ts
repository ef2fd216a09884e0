import { afterEach, beforeEach, expect, vi } from "vitest"

beforeEach(() => {
  vi.spyOn(console, "error")
})

/** A test that expects console.error looks at the calls itself and clears them: vi.mocked(console.error).mockClear(). */
afterEach(() => {
  if (!vi.isMockFunction(console.error)) return
  const { calls } = vi.mocked(console.error).mock
  vi.mocked(console.error).mockRestore()
  expect(calls, "console.error was called").toEqual([])
})
