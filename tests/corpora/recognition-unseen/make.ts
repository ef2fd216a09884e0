import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { openBrowser } from "../../support/browser.ts"
import { drawLayout } from "./drawn.ts"
import { drawn, printed } from "./layouts.ts"

/** Prints the layouts once more, beside this file, or those that are named: node tests/corpora/recognition-unseen/make.ts [name ...] */
const browser = await openBrowser()
const page = await browser.newPage()
const only = process.argv.slice(2)
for (const { name, style, sheets, landscape } of printed) {
  if (only.length > 0 && !only.includes(name)) continue
  await page.setContent(`<style>@page{margin:0}*{box-sizing:border-box}body{margin:0}section{height:${landscape ? 209 : 296}mm;padding:14mm;position:relative;overflow:hidden;break-after:page}section:last-child{break-after:auto}.a{text-align:right}${style}</style>${sheets.map(({ html }) => `<section>${html}</section>`).join("")}`)
  await writeFile(join(import.meta.dirname, `${name}.pdf`), await page.pdf({ format: "A4", landscape: landscape === true }))
}
await browser.close()
for (const layout of drawn) await writeFile(join(import.meta.dirname, `${layout.name}.pdf`), await drawLayout(layout))
