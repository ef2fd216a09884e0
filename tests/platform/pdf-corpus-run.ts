import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { paintPage, PdfRefused, readPdf, splitPdf } from "../../src/platform/pdf.ts"

/** Takes every odd PDF through reading, painting and splitting, in a process of its own, and prints what became of each as one line of JSON. */
/** `milliseconds` is the longest of the three steps: processor time of all threads, because a machine that stands still says nothing of a file. */
export type Outcome = { name: string; milliseconds: number; read: string; paint: string; split: string; looksSame: boolean }
export type Report = { outcomes: Outcome[]; peak: number }

const folder = join(process.cwd(), "tests/corpora/pdf")
const outcomes: Outcome[] = []
let peak = 0
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss())
}, 20)

for (const name of readdirSync(folder).filter((one) => one.endsWith(".pdf"))) {
  const bytes = readFileSync(join(folder, name))
  let milliseconds = 0
  const outcomeOf = async (work: () => Promise<void>): Promise<string> => {
    const before = process.cpuUsage()
    const outcome = await settle(work)
    const { user, system } = process.cpuUsage(before)
    milliseconds = Math.max(milliseconds, Math.round((user + system) / 1000))
    return outcome
  }
  const read = await outcomeOf(async () => void (await readPdf(bytes)))
  let picture: Uint8Array | undefined
  const paint = await outcomeOf(async () => void (picture = await paintPage(bytes, 1, 800)))
  let part: Uint8Array | undefined
  const split = await outcomeOf(async () => {
    for await (const one of splitPdf(bytes, [[1]])) part = one.bytes
  })
  const looksSame = !part || !picture || Buffer.compare(await paintPage(part, 1, 800), picture) === 0
  outcomes.push({ name, milliseconds, read, paint, split, looksSame })
}
clearInterval(watch)
process.stdout.write(JSON.stringify({ outcomes, peak: Math.max(peak, process.resourceUsage().maxRSS * 1024) } satisfies Report))

async function settle(work: () => Promise<void>): Promise<string> {
  try {
    await work()
    return "ok"
  } catch (error) {
    if (error instanceof PdfRefused) return error.code
    throw error
  }
}
