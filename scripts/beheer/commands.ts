import { openOffice, resetOfficeAccess } from "#domain/accounts/office-access.ts"
import { checkChains } from "#domain/audit/check-chains.ts"
import { listFailures } from "#domain/mails/list-failures.ts"
import nl from "#messages/nl.json" with { type: "json" }
import { now } from "#platform/clock.ts"
import { closeDatabase } from "#platform/database.ts"
import { closeQueue, lookAtQueues } from "#platform/queue.ts"
import { Refusal } from "#policy/errors.ts"
import { mailDns } from "./mail-dns.ts"
import { mailText } from "./mail-text.ts"
import { storagePlace } from "./storage-place.ts"

type Command = (given: readonly string[], email: string | undefined) => Promise<number>

const number = new Intl.NumberFormat("nl-NL")
const moment = new Intl.DateTimeFormat("nl-NL", { dateStyle: "short", timeStyle: "short", timeZone: "Europe/Amsterdam" })

/** Why something was refused. */
const reasons: Readonly<Record<string, unknown>> = nl.errors

/** What an operator can do. Each answers with the code to end with. */
export const commands = {
  kantoor: async ([clientNumber = "", ...name], email = "") =>
    telling(async () => {
      await openOffice({ clientNumber, name: name.join(" "), email }, now())
      return `Kantoor ${clientNumber} is gemaakt. De link om een wachtwoord te kiezen is onderweg naar het adres van het kantoor, en werkt een uur.`
    }),
  toegang: async ([clientNumber = ""]) =>
    telling(async () => {
      await resetOfficeAccess({ clientNumber }, now())
      return `De toegang van kantoor ${clientNumber} is teruggezet. Een nieuwe link is onderweg naar het adres van het kantoor, en werkt een uur.`
    }),
  "mail-dns": async (servers) => telling(() => mailDns(servers)),
  wachtrij: async () =>
    telling(async () => {
      const queues = await lookAtQueues()
      const failures = await listFailures()
      const lines = queues.map((queue) => `${queue.name.padEnd(20)}${[queue.waiting, queue.active, queue.failed].map((count) => number.format(count).padStart(12)).join("")}`)
      const failed = failures.map(({ kind, failure, count, lastAt }) => `${kind.padEnd(20)}${failure.padEnd(24)}${number.format(count).padStart(8)}   laatste ${moment.format(lastAt)}`)
      return [`${"".padEnd(20)}${["wacht", "bezig", "mislukt"].map((word) => word.padStart(12)).join("")}`, ...lines, "", failed.length > 0 ? "Mails die niet aankwamen:" : "Alle mails die weg konden, zijn weg.", ...failed].join("\n")
    }),
  mailtekst: async (given) => telling(() => mailText(given, now())),
  opslag: async (given) => telling(() => storagePlace(given, now())),
  controleer: async () => {
    let [chains, events, broken] = [0, 0, 0]
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
    return broken === 0 ? 0 : 1
  },
} as const satisfies Readonly<Record<string, Command>>

/** In a sentence with something to fill in stands what the refusal tells. */
function sentenceOf({ code, details }: Refusal): string {
  return String(reasons[code] ?? nl.errors.invalid).replace(/\{(\w+)\}/g, (whole, name: string) => String(details[name] ?? whole))
}

/** Does something and says what came of it. A refusal is a sentence and a 1; anything else that goes wrong is thrown. */
async function telling(work: () => Promise<string>): Promise<number> {
  try {
    console.log(await work())
    return 0
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    console.error(sentenceOf(error))
    return 1
  } finally {
    await closeQueue()
    await closeDatabase()
  }
}
