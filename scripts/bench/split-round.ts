import { readFile } from "node:fs/promises"
import { readPdf, splitPdf, type PdfPage } from "#platform/pdf.ts"

/** Runs in a process of its own: reads and splits the PDF that is its argument, a part for each page, and prints how long each took and the most memory it held, as JSON. */
const bytes = new Uint8Array(await readFile(process.argv[2] ?? ""))
await warmUp()
const from = performance.now()
const { pages } = await readPdf(bytes)
const read = performance.now() - from
const parts = await countParts(pages, pages)
const split = performance.now() - from - read
console.log(JSON.stringify({ read, split, parts, megabytes: process.resourceUsage().maxRSS / 1024 }))
process.exit(0)

/** Both threads stand, as they do in a worker. */
async function warmUp(): Promise<void> {
  const { pages } = await readPdf(bytes)
  await countParts(pages.slice(0, 200), pages)
}

async function countParts(wanted: readonly PdfPage[], pages: readonly PdfPage[]): Promise<number> {
  let parts = 0
  for await (const part of splitPdf(bytes, wanted.map(({ page }) => [page]), pages)) parts += part.bytes.length > 500 ? 1 : 0
  return parts
}
