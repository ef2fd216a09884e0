import { Portal } from "./portal/portal.ts"
import { settingsFrom } from "./portal/settings.ts"
import { seconds, Stopped } from "./portal/steps.ts"

let ending: Promise<void> | undefined
let portal: Portal | undefined

// A closed terminal takes its output along; stopping must go on all the same.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined)
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void end(0, "\nStoppen ..."))
process.once("disconnect", () => void end(1))

try {
  portal = new Portal(settingsFrom(process.env, process.argv), (reason) => void end(1, reason))
  const started = performance.now()
  const { url, inboxUrl, accounts } = await portal.start()
  if (inboxUrl) console.log(`\n  Postvak (alle mail die het portaal stuurt): ${inboxUrl}`)
  if (accounts.length > 0) console.log(`\n  Om mee aan te melden:\n${table(accounts.map((one) => [one.who, one.username, one.password]))}`)
  console.log(`\n  Gestart in ${seconds(performance.now() - started)}. Stoppen met Ctrl-C.\nKlaar: ${url}`)
} catch (error) {
  await end(1, error instanceof Stopped ? `\n${error.message}` : error instanceof Error ? error.stack : String(error))
}

/** Stops everything once; the second call waits for the first. */
function end(code: number, reason?: string): Promise<void> {
  if (!ending && reason) (code === 0 ? console.log : console.error)(reason)
  ending ??= (portal?.stop() ?? Promise.resolve()).then(
    () => process.exit(code),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
  return ending
}

function table(rows: string[][]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  return rows.map((row) => `    ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd()}`).join("\n")
}
