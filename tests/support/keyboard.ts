import type { FileChooser, Locator, Page } from "playwright-core"
import { expect } from "vitest"

type Focused = { role: string; text: string; isSeen: boolean }

/** Where the focus is: its tag or role, its words, and whether it can be seen: an outline, and inside the window. */
export async function focused(page: Page): Promise<Focused> {
  return page.evaluate(() => {
    const at = document.activeElement
    if (!(at instanceof HTMLElement) || at === document.body) return { role: "body", text: "", isSeen: true }
    const label = at.getAttribute("aria-label") ?? (at instanceof HTMLInputElement || at instanceof HTMLSelectElement ? (at.labels?.[0]?.innerText ?? "") : at.innerText)
    const { outlineStyle, outlineWidth } = getComputedStyle(at)
    const box = at.getBoundingClientRect()
    const isSeen = (outlineStyle !== "none" && outlineWidth !== "0px") && box.bottom > 0 && box.top < innerHeight
    return { role: at.getAttribute("role") ?? at.tagName.toLowerCase(), text: label.replace(/\s+/g, " ").trim(), isSeen }
  })
}

/** Presses Tab (or back, Shift+Tab) until the focus is on what has these words, at most 80 times. Every stop on the way can be seen. Returns the stops. */
export async function tabTo(page: Page, words: RegExp, key: "Tab" | "Shift+Tab" = "Tab"): Promise<string[]> {
  const stops: string[] = []
  for (let press = 0; press < 80; press++) {
    await page.keyboard.press(key)
    const { role, text, isSeen } = await focused(page)
    stops.push(`${role} ${text}`)
    if (!isSeen) throw new Error(`The focus cannot be seen on: ${role} ${text}`)
    if (words.test(text)) return stops
  }
  throw new Error(`Tab never came at ${words}; it came at:\n${stops.join("\n")}`)
}

/** Tabs to a thing and presses a key on it: Enter, or Space. */
export async function pressOn(page: Page, words: RegExp, key: "Enter" | "Space" = "Enter"): Promise<void> {
  await tabTo(page, words)
  await page.keyboard.press(key)
}

/** Presses a key that the page listens to by script until it was heard: just after a page came, nobody listens yet. */
export async function pressUntil(page: Page, key: string, seen: Locator): Promise<void> {
  await expect.poll(async () => {
    await page.keyboard.press(key)
    return seen.waitFor({ timeout: 1000 }).then(() => true, () => false)
  }, { timeout: 20_000 }).toBe(true)
}

/** Tabs to a field for files and chooses these in the window that Enter opens. */
export async function chooseFiles(page: Page, words: RegExp, files: readonly string[]): Promise<void> {
  await tabTo(page, words)
  await (await chooserByEnter(page)).setFiles([...files])
}

/** Presses Enter on the field for files that has the focus. The browser is asked something in between: only after its answer is it sure to listen. */
export async function chooserByEnter(page: Page): Promise<FileChooser> {
  const chosen = page.waitForEvent("filechooser")
  await page.evaluate("0")
  await page.keyboard.press("Enter")
  return chosen
}
