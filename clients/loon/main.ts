import { argv, cwd, env, exit, stderr, stdout } from "node:process"
import { parseArgs } from "node:util"
import { backupCommands } from "./backups.ts"
import { options as known, type Command, type OptionName, type Order, type Outcome } from "./command.ts"
import { exits, exitTable, Stop, wrongUse, type Exit } from "./exits.ts"
import { placingCommands } from "./placing.ts"
import { readProfile } from "./profile.ts"
import { readingCommands } from "./reading.ts"
import { sendingCommands } from "./sending.ts"
import { signIn } from "./signing-in.ts"
import { withdraw } from "./withdrawing.ts"

/** Every command, in the order in which a month goes. */
const commands: Readonly<Record<string, Command>> = { aanmelden: signIn, ...readingCommands, ...placingCommands, ...sendingCommands, "trek-in": withdraw, ...backupCommands }

const everywhere: readonly OptionName[] = ["json", "help", "profiel"]
const stopped = new AbortController()
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stopped.abort(signal))
stdout.on("error", () => exit(exits.halfWay))

const isJson = argv.includes("--json")
exit(await run().then(say, sayWhy))

async function run(): Promise<Outcome> {
  const { values, positionals } = parse()
  const [name = "", ...given] = positionals
  const command = Object.entries(commands).find(([one]) => one === name)?.[1]
  if (name === "" || name === "help" || (values.help && !command)) return { json: Object.keys(commands), text: help(), exit: name === "" && !values.help ? exits.usage : exits.done }
  if (!command) throw wrongUse("command-unknown", `De opdracht ${name} bestaat niet. loon --help toont wat er kan.`)
  if (values.help) return { json: { usage: command.usage, does: command.does }, text: helpOf(command), exit: exits.done }
  const strange = Object.keys(values).find((one) => ![...everywhere, ...command.takes].some((option) => option === one))
  if (strange !== undefined) throw wrongUse("option-not-here", `--${strange} hoort niet bij deze opdracht.\n${command.usage}`)
  if (given.length < command.least || given.length > command.most) throw wrongUse("arguments-wrong", `De opdracht is: ${command.usage}`)
  const profile = values.profiel ?? "standaard"
  const tell = (sentence: string) => void (isJson || stderr.write(`${sentence}\n`))
  const order: Order = {
    ...{ given, options: values, profile, signal: stopped.signal, tell },
    folder: (env["npm_lifecycle_event"] === "loon" && env["INIT_CWD"]) || cwd(),
    line: async () => ({ ...(await readProfile(profile)), signal: stopped.signal, tell }),
  }
  return command.run(order)
}

function parse() {
  try {
    return parseArgs({ args: argv.slice(2), allowPositionals: true, options: known })
  } catch {
    throw wrongUse("option-unknown", "Deze opdracht heeft een optie die niet bestaat, of waar iets achter ontbreekt. loon --help toont wat er kan.")
  }
}

async function say({ json, text, exit: code }: Outcome): Promise<Exit> {
  await written(isJson ? JSON.stringify(json) : text)
  return code
}

async function sayWhy(error: unknown): Promise<Exit> {
  const why = whyOf(error)
  if (isJson) await written(JSON.stringify({ error: { code: why.code, sentence: why.message, exit: why.exit, ...why.details } }))
  else stderr.write(`${why.message}${why.exit === exits.refused ? ` [${why.code}]` : ""}\n`)
  return why.exit
}

/** Why it stops. What nobody thought of tells its kind and nothing of what it held: a key or a name could be in it. */
function whyOf(error: unknown): Stop {
  if (stopped.signal.aborted) return new Stop(exits.halfWay, "stopped", "Gestopt. Dezelfde opdracht opnieuw gaat verder; er komt niets dubbel.")
  if (error instanceof Stop) return error
  const kind = error instanceof Error ? error.name : typeof error
  return new Stop(exits.halfWay, "unexpected", `Er ging iets mis dat niet was voorzien (${kind}). Geef dezelfde opdracht opnieuw; er komt niets dubbel.`)
}

function written(text: string): Promise<void> {
  return new Promise((resolve) => stdout.write(`${text}\n`, () => resolve()))
}

function help(): string {
  const lines = Object.values(commands).map(({ usage, does }) => `  ${usage}\n      ${does}`)
  return `loon: loondocumenten en back-ups naar het portaal brengen, zonder browser

${lines.join("\n")}

Een <werkgever> is een loonheffingennummer, uw eigen nummer van die klant, of een deel van de naam dat maar bij één past.
Overal: --json (één JSON-waarde op stdout), --help, --profiel naam. LOON_URL en LOON_KEY gaan voor wat bewaard is.

${exitLines()}`
}

function helpOf({ usage, does, more }: Command): string {
  return [usage, does, more, exitLines()].filter(Boolean).join("\n\n")
}

function exitLines(): string {
  const rows: readonly (readonly [string, number])[] = Object.entries(exits)
  return `Eindigt met:\n${rows.map(([name, code]) => `  ${code}  ${Object.entries(exitTable).find(([one]) => one === name)?.[1] ?? ""}`).join("\n")}`
}
