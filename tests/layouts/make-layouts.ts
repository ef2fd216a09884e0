import { writeFileSync } from "node:fs"
import { join } from "node:path"
import chromium from "@sparticuz/chromium"
import { chromium as playwright } from "playwright-core"
import { layouts } from "./layouts.ts"

/** Prints tests/layouts/*.pdf anew, by a browser: `node tests/layouts/make-layouts.ts`. Only needed after a change of layouts.ts. */
const browser = await playwright.launch({ executablePath: process.env.CHROMIUM_PATH ?? (await chromium.executablePath()), args: chromium.args, headless: true })
const page = await browser.newPage()
for (const layout of layouts) {
  const body = layout.pages.map(({ html }) => `<section>${html}</section>`).join("")
  await page.setContent(`<style>body{font:10pt "DejaVu Sans";margin:0}section{break-after:page}section:last-child{break-after:auto}.amounts{margin-top:8mm}.amounts td:last-child{text-align:right;width:40mm}${layout.style}</style>${body}`)
  writeFileSync(join(import.meta.dirname, `${layout.name}.pdf`), await page.pdf({ format: "A4", margin: { top: "15mm", left: "20mm", right: "15mm", bottom: "15mm" } }))
}
await browser.close()
