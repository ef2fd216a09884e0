import { join, resolve } from "node:path"
import { parseArgs } from "node:util"
import { readRunning } from "../portal/running.ts"

/**
 * `npm run beheer -- <opdracht>`: what an operator does at the machine of the portal, on the database of DATABASE_URL (with MASTER_KEY), or of the
 * portal that runs on this data folder. No command opens a file or shows a name, an address or a number of anybody. Ends with 0 when it went well,
 * 1 when it did not, 2 when it was not understood or there is nothing to work on.
 */
const help = `npm run beheer -- <opdracht>

  kantoor <klantnummer> <naam> --email <adres>   maakt een kantoor; de link om een wachtwoord te kiezen gaat naar dat adres
  toegang <klantnummer>                          zet de toegang van een kantoor terug: wachtwoord, tweede stap en sessies vervallen,
                                                 en een nieuwe link gaat naar het adres van het kantoor
  mailtekst [mail] [taal] [bestand]              de tekst van een mail waar kantoor en werkgever geen eigen hebben: zien, wijzigen
                                                 uit een bestand, of met herstel teruggeven aan het portaal
  mail-dns [naamserver]                          of de wereld ziet dat de mail van het portaal echt is, met de records die daarvoor nodig zijn
  wachtrij                                       wat er nog te doen is, en wat niet lukte
  opslag [erken]                                 of de plek voor bestanden die van dit portaal is; met erken: vanaf nu wel, omdat u alles erheen bracht
  controleer                                     loopt alle ketens van gebeurtenissen na`

const { values, positionals } = parse()
const [command = "", ...given] = positionals
if (command === "" || values.help) end(values.help ? 0 : 2, help)
findDatabase()
const { commands } = await import("./commands.ts")
const run = Object.entries(commands).find(([name]) => name === command)?.[1]
if (!run) end(2, `Onbekende opdracht: ${command}\n\n${help}`)
process.exit(await run(given, values.email))

function parse() {
  try {
    return parseArgs({ args: process.argv.slice(2), allowPositionals: true, options: { email: { type: "string" }, help: { type: "boolean", short: "h", default: false } } })
  } catch {
    return end(2, help)
  }
}

/** Takes over the environment of the portal that runs here, unless another database is named. */
function findDatabase(): void {
  if (!process.env["DATABASE_URL"]) {
    const running = readRunning(resolve(process.env["PORTAL_DATA"] ?? join(import.meta.dirname, "../../.data")))
    if (!running) end(2, "Er draait hier geen portaal. Start het met npm start, of geef DATABASE_URL en MASTER_KEY mee.")
    Object.assign(process.env, running.environment, { LOG_LEVEL: "error" })
  }
  process.env["SMTP_URL"] ??= "smtp://localhost"
}

function end(code: number, text: string): never {
  if (code === 0) console.log(text)
  else console.error(text)
  process.exit(code)
}
