import { expect, test } from "vitest"
import { filled } from "#ui/filled.ts"
import { foldedOf } from "#ui/main-nav.tsx"
import { packed, type RowData, unpacked } from "#ui/row-data.ts"

test("rows of plain cells travel as one string and come out as they went in", () => {
  const rows: RowData[] = [
    { key: "1", state: "unread", cells: [{ is: "name", text: "</script>\u2028 Loonstrook", href: "/a" }, "10", null] },
    { key: "2", cells: [{ is: "acts", of: "x", acts: [{ icon: "view", href: "/a" }] }, 3, "–"] },
  ]
  const onTheWay = packed(rows)
  expect(onTheWay).toHaveProperty("text")
  expect(unpacked(onTheWay)).toEqual(rows)
})

test("a row with markup in it travels as it is", () => {
  const rows: RowData[] = [{ key: "1", cells: ["a", { type: "b", props: {}, key: null }] }]
  expect(packed(rows)).toEqual({ rows })
})

test("what is filled in is taken literally, and an unknown name stays", () => {
  expect(filled("Bekijk {title} van {wie}", { title: "$& {wie} 100%" })).toBe("Bekijk $& {wie} 100% van {wie}")
})

const entry = (label: string, fold = false) => ({ href: `/${label}`, label, icon: "file", fold })

test("five entries fit on a phone; of more, those that can wait fold first", () => {
  expect(foldedOf(["a", "b", "c", "d", "e"].map((label) => entry(label))).size).toBe(0)
  const seven = [entry("home"), entry("profile", true), entry("backups", true), entry("dossier"), entry("employers"), entry("sendings"), entry("unread")]
  expect([...foldedOf(seven)].map((item) => item.label)).toEqual(["unread", "profile", "backups"])
})
