import { readFile } from "node:fs/promises"
import { readPdf, splitPdf } from "#platform/pdf.ts"

/** Runs in a process of its own: reads and splits the PDF that is its argument, a part for each page, and prints how long each took and the most memory it held, as JSON. */
const bytes = new Uint8Array(await readFile(process.argv[2] ?? ""))
await readPdf(bytes.slice()) // the thread and its engine stand
const from = performance.now()
const { pages } = await readPdf(bytes)
const read = performance.now() - from
let parts = 0
for await (const part of splitPdf(bytes, pages.map(({ page }) => [page]), pages)) parts += part.bytes.length > 500 ? 1 : 0
const split = performance.now() - from - read
console.log(JSON.stringify({ read, split, parts, megabytes: process.resourceUsage().maxRSS / 1024 }))
process.exit(0)
