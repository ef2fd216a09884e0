import { expect, test } from "vitest"
import { innerPath } from "#policy/inner-path.ts"

test.each(["/", "/beveiliging", "/beveiliging/tweede-stap?stap=app", "/werknemer/bestanden/01990000-0000-7000-8000-000000000000"])("%s is a path of the portal", (path) => {
  expect(innerPath(path)).toBe(path)
})

test.each([
  undefined, "", "beveiliging", "//elders.test", "/\\elders.test", "\\\\elders.test", "/\t/elders.test", "/ /elders.test", "/%09/elders.test/..//elders.test", "https://elders.test", "https:elders.test", "javascript:alert(1)",
  "data:text/html,x", "/.//elders.test", "/..//elders.test", "/a/..//elders.test", "/\u0000", "/é", `/${"a".repeat(600)}`, "?naar=/", "#x", "http:://",
])("%j leads nowhere else", (path) => {
  expect(innerPath(path)).toBeNull()
})
