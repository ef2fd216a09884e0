import { execFile, execFileSync } from "node:child_process"
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { manyPages } from "./payslips.ts"
import { printTable, spread } from "./report.ts"

const run = promisify(execFile)
const root = join(import.meta.dirname, "../..")

type Split = { read: number; split: number; parts: number; megabytes: number }

/** Prints how fast a PDF of 1,000 pages is split, each part read back, against qpdf on the same file where it is installed, in turn; and what five times the pages take. */
export async function measureSplit(rounds: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "loondossier-split-"))
  const [few, many] = [join(folder, "few.pdf"), join(folder, "many.pdf")]
  await writeFile(few, await manyPages(1000))
  await writeFile(many, await manyPages(5000))
  const isInstalled = hasQpdf()
  const [ours, fives, qpdfs]: [Split[], Split[], number[]] = [[], [], []]
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await splitByUs(few))
    if (isInstalled) qpdfs.push(await splitByQpdf(few, join(folder, "parts")))
    fives.push(await splitByUs(many))
  }
  await rm(folder, { recursive: true })
  const seconds = (values: readonly number[]) => spread(values.map((one) => one / 1000))
  const toQpdf = (times: (one: Split) => number) => (isInstalled ? spread(qpdfs.map((time, round) => time / times(ours[round] ?? { read: 0, split: 0, parts: 0, megabytes: 0 }))) : "")
  console.log(`\nSplitting a PDF into its pages, each part read back; ${isInstalled ? "qpdf --split-pages in turn" : "qpdf is not installed here, so nothing to hold it against"}`)
  console.log("Promised: at least half the speed of qpdf; 5,000 pages in proportion, under 500 MB.\n")
  printTable([
    { what: "1,000 pages split", seconds: seconds(ours.map(({ split }) => split)), "speed to qpdf": toQpdf(({ split }) => split), "MB at most": spread(ours.map(({ megabytes }) => megabytes)) },
    { what: "1,000 pages read and split", seconds: seconds(ours.map(({ read, split }) => read + split)), "speed to qpdf": toQpdf(({ read, split }) => read + split), "MB at most": "" },
    { what: "qpdf, 1,000 pages", seconds: seconds(qpdfs), "speed to qpdf": "", "MB at most": "" },
    { what: "5,000 pages split", seconds: seconds(fives.map(({ split }) => split)), "speed to qpdf": "", "MB at most": spread(fives.map(({ megabytes }) => megabytes)) },
    { what: "5,000 to 1,000 pages, times", seconds: spread(fives.map(({ split }, round) => split / (ours[round]?.split ?? split))), "speed to qpdf": "", "MB at most": "" },
  ])
}

async function splitByUs(file: string): Promise<Split> {
  const { stdout } = await run(process.execPath, [join(root, "scripts/bench/split-round.ts"), file], { cwd: root })
  return JSON.parse(stdout)
}

async function splitByQpdf(file: string, folder: string): Promise<number> {
  await mkdir(folder)
  const from = performance.now()
  await run("qpdf", ["--split-pages", file, join(folder, "part.pdf")])
  const took = performance.now() - from
  await rm(folder, { recursive: true })
  return took
}

function hasQpdf(): boolean {
  try {
    execFileSync("qpdf", ["--version"], { stdio: "ignore" })
    return true
  } catch {
    return false
  }
}
