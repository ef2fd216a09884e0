import { expect, test } from "vitest"
import { pools } from "#platform/pools.ts"

/** Something that can be opened, and says when it was closed. */
function things() {
  const closed: string[] = []
  return { closed, open: (name: string) => () => ({ name, close: () => void closed.push(name) }) }
}

test("what was opened is used again, until its edition is another", async () => {
  const { closed, open } = things()
  const { use } = pools<{ name: string; close(): void }>(2)
  const name = (id: string, edition: string, opens: string) => use({ id, edition }, open(opens), async (one) => one.name)
  expect(await name("a", "1", "first")).toBe("first")
  expect(await name("a", "1", "second")).toBe("first")
  expect(await name("a", "2", "third")).toBe("third")
  expect(closed).toEqual(["first"])
})

test("of too many the one that was not used longest goes, and one in use ends its work first", async () => {
  const { closed, open } = things()
  const { use, closeAll } = pools<{ name: string; close(): void }>(2)
  const { promise, resolve } = Promise.withResolvers<void>()
  const busy = use({ id: "busy", edition: "1" }, open("busy"), () => promise)
  for (const id of ["a", "b", "c"]) await use({ id, edition: "1" }, open(id), async () => undefined)
  expect(closed).toEqual(["a", "b"])
  await use({ id: "busy", edition: "2" }, open("other"), async () => undefined)
  expect(closed).not.toContain("busy")
  resolve()
  await busy
  expect(closed).toContain("busy")
  closeAll()
  expect(closed.toSorted()).toEqual(["a", "b", "busy", "c", "other"])
})
