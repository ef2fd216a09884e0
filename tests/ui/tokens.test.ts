import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"

const folder = new URL("../../src/ui/", import.meta.url)
const read = (name: string) => readFileSync(new URL(name, folder), "utf8")
const sheets = readdirSync(folder).filter((name) => name.endsWith(".css") && name !== "tokens.css")

/** A style sheet without what may hold sizes and colours of its own: media queries, font files, and the shapes of icons. */
const rulesOf = (name: string) => read(name).replace(/@media[^{]*/g, "").replace(/url\([^)]*\)/g, "").replace(/\/\*[\s\S]*?\*\//g, "").replace(/unicode-range:[^;]*/g, "")

test.each(sheets)("%s takes every colour and size from the tokens", (name) => {
  expect(rulesOf(name).match(/#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\(|(?<![\w-])\d*\.?\d+(?:px|rem|pt|ms|s)\b/gi) ?? []).toEqual([])
})

test.each(sheets)("%s uses no token that does not exist", (name) => {
  const known = new Set([...read("tokens.css").matchAll(/(--[\w-]+):/g), ...read(name).matchAll(/(--[\w-]+):/g)].map((found) => found[1]))
  const setByTheViewer = new Set(["--total-scale-factor", "--shape"])
  const used = [...rulesOf(name).matchAll(/var\((--[\w-]+)/g)].map((found) => found[1] ?? "")
  expect(used.filter((token) => !known.has(token) && !setByTheViewer.has(token))).toEqual([])
})

describe("text can be read by people who see less well (WCAG 2.2, 1.4.6: 7 to 1)", () => {
  const colours = new Map([...read("tokens.css").matchAll(/(--[\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, token, light, dark]) => [token, { light, dark }]))
  const contrast = (one: string, other: string, theme: "light" | "dark") => {
    const [lighter = 0, darker = 0] = [one, other].map((token) => luminance(colours.get(token)?.[theme] ?? "")).sort((a, b) => b - a)
    return (lighter + 0.05) / (darker + 0.05)
  }
  const pairs = [
    ...["--ink", "--ink-soft", "--accent", "--good", "--wait", "--bad"].flatMap((text) => ["--paper", "--surface", "--accent-wash"].map((ground) => [text, ground, 7] as const)),
    ["--accent-ink", "--accent", 7] as const,
    ["--bad-ink", "--bad", 7] as const,
    ["--ink", "--good-wash", 7] as const,
    ["--ink", "--wait-wash", 7] as const,
    ["--ink", "--bad-wash", 7] as const,
    ["--edge", "--surface", 3] as const,
    ["--edge", "--paper", 3] as const,
  ]
  test.each(pairs)("%s on %s", (text, ground, least) => {
    expect(contrast(text, ground, "light")).toBeGreaterThanOrEqual(least)
    expect(contrast(text, ground, "dark")).toBeGreaterThanOrEqual(least)
  })
})

function luminance(colour: string): number {
  const [red = NaN, green = NaN, blue = NaN] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
