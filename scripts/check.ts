import { spawn } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs"
import { join, resolve } from "node:path"
import { buildPages, copyStatic, generateClient } from "./portal/build.ts"
import { seconds, step, Stopped } from "./portal/steps.ts"

const root = resolve(import.meta.dirname, "..")
const bin = (path: string) => join(root, "node_modules", path)
const vitest = [bin("vitest/vitest.mjs"), "run", "--passWithNoTests", "--reporter=default", "--reporter=./tests/support/what-failed.ts"]
/** What the tests of the check that runs write what failed in. */
const whatFailed = join(root, ".output/what-failed.txt")

const checks: { title: string; work: () => Promise<boolean> }[] = [
  { title: "types", work: () => passes([bin("typescript/bin/tsc"), "--noEmit", "-p", root]) },
  { title: "architecture, unit and integration", work: () => passes([...vitest, "--project", "main"]) },
  { title: "build", work: () => buildPages(root).then(() => true) },
  { title: "journeys in a browser", work: () => passes([...vitest, "--project", "e2e"]) },
]

let child: ReturnType<typeof spawn> | undefined
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => endWith(130))
process.once("disconnect", () => endWith(1))

const results: { title: string; passed: boolean; took: number; failures: string }[] = []
try {
  mkdirSync(join(root, ".output"), { recursive: true })
  await generateClient(root)
  await copyStatic(root)
  await step("Typen van de pagina's", () => typesOfPages())
} catch (error) {
  report(error)
  process.exit(1)
}
for (const { title, work } of checks) {
  console.log(`\n== ${title}`)
  rmSync(whatFailed, { force: true })
  const started = performance.now()
  const passed = await work().catch((error: unknown) => (report(error), false))
  results.push({ title, passed, took: performance.now() - started, failures: existsSync(whatFailed) ? readFileSync(whatFailed, "utf8") : "" })
}

console.log("\n== summary")
for (const { failures } of results) if (failures) console.log(failures)
for (const { title, passed, took } of results) console.log(`  ${passed ? "passed" : "FAILED"}  ${title.padEnd(40)} ${seconds(took).padStart(8)}`)
const failed = results.filter((one) => !one.passed).length
console.log(`${results.length - failed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

/** tsc needs next-env.d.ts, which git does not keep: Next writes it. */
async function typesOfPages(): Promise<void> {
  const passed = await passes([bin("next/dist/bin/next"), "typegen"], "ignore")
  if (!passed) throw new Stopped("next typegen is mislukt")
}

function passes(args: string[], output: "inherit" | "ignore" = "inherit"): Promise<boolean> {
  const env = { ...process.env, CI: "true", WHAT_FAILED: whatFailed, NEXT_TELEMETRY_DISABLED: "1" }
  const started = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", output, output] })
  child = started
  return new Promise((resolve) => {
    started.on("error", (error) => (report(error), resolve(false)))
    started.on("exit", (code) => resolve(code === 0))
  })
}

function endWith(code: number): void {
  child?.once("exit", () => process.exit(code))
  if (!child?.kill("SIGTERM")) process.exit(code)
}

function report(error: unknown): void {
  console.error(error instanceof Stopped ? error.message : error)
}
