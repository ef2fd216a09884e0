import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Page } from "playwright-core"

type Finding = { id: string; nodes: { target: unknown }[] }

const source = readFile(join(import.meta.dirname, "../../node_modules/axe-core/axe.min.js"), "utf8")
/** Each width and each theme once: the themes are other colours on the same markup, and the widths the same colours. */
const looks = [
  { width: 390, theme: "light" },
  { width: 1440, theme: "dark" },
] as const

/**
 * What axe-core finds on a page as it stands now, narrow and light, and wide and dark: each finding with the rule and the place. It is put in by the
 * debugger, past the page's content security policy.
 */
export async function axeFindings(page: Page, name: string): Promise<string[]> {
  const before = page.viewportSize()
  const found: string[] = []
  await page.evaluate(`${await source};undefined`)
  for (const { width, theme } of looks) {
    await page.setViewportSize({ width, height: width < 500 ? 844 : 900 })
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" })
    const violations = await page.evaluate<Finding[]>(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target }) => ({ target })) })))`)
    found.push(...violations.map(({ id, nodes }) => `${name} ${width} ${theme}: ${id} at ${nodes.map((node) => String(node.target)).join(" | ")}`))
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null })
  if (before) await page.setViewportSize(before)
  return found
}
