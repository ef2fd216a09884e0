import { join, resolve } from "node:path"
import { readRunning } from "./portal/running.ts"

/**
 * `npm run controleer`: proves every chain of the audit log. On the database of DATABASE_URL (with MASTER_KEY), or of the portal that runs on this
 * data folder. Ends with 1 when a chain is broken and names it, with 2 when there is nothing to look at.
 */
const data = resolve(process.env["PORTAL_DATA"] ?? join(import.meta.dirname, "../.data"))
if (!process.env["DATABASE_URL"]) {
  const running = readRunning(data)
  if (!running) {
    console.error("Er draait hier geen portaal. Start het met npm start, of geef DATABASE_URL en MASTER_KEY mee.")
    process.exit(2)
  }
  Object.assign(process.env, running.environment, { LOG_LEVEL: "error" })
}
process.env["SMTP_URL"] ??= "smtp://localhost"
const { checkChains } = await import("#domain/audit/check-chains.ts")
const { closeDatabase } = await import("#platform/database.ts")

let [chains, events, broken] = [0, 0, 0]
const number = new Intl.NumberFormat("nl-NL")
for await (const chain of checkChains()) {
  chains += 1
  events += chain.events
  if (chain.brokenAt !== null) {
    broken += 1
    console.error(`Keten ${chain.id} klopt niet vanaf gebeurtenis ${chain.brokenAt}.`)
  }
  if (chains % 10_000 === 0) console.log(`${number.format(chains)} ketens nagelopen ...`)
}
await closeDatabase()
console.log(`${number.format(chains)} ketens met ${number.format(events)} gebeurtenissen nagelopen: ${broken === 0 ? "alles klopt." : `${number.format(broken)} kloppen niet.`}`)
process.exit(broken === 0 ? 0 : 1)
