import { existsSync } from "node:fs"
import { mkdtemp, rename, rm } from "node:fs/promises"
import { join, resolve } from "node:path"
import { parseArgs } from "node:util"
import { writeJson } from "../portal/files.ts"
import { startPostgres } from "../portal/postgres.ts"
import { secretsOf } from "../portal/secrets.ts"
import { isDiskFull } from "#platform/storage-folder.ts"
import { StorageFull } from "#platform/storage.ts"
import { Stopped } from "../portal/steps.ts"
import { readKeys } from "./keys.ts"
import { momentsIn, readManifest } from "./place.ts"
import { dataFolder, runsOn } from "./portal-here.ts"
import { passphraseOf } from "./sealed.ts"

/**
 * `npm run restore -- <folder> --sleutels <other folder>`: a portal as it was when a back-up was made. With DATABASE_URL (and MASTER_KEY, STORAGE) into that
 * database, which has to be empty; otherwise into the data folder, made beside it and put in its place when it is whole and proven.
 * Ends with 0 when it is, 1 when it is not and nothing changed, 2 when it was not understood.
 */
const help = `npm run restore -- <map> --sleutels <andere map> [--van 20260325T091200Z] [--vervang]

  Zet database en bestanden terug uit een back-up: de nieuwste, of die van --van.
  --sleutels  waar de sleutels staan. Niet nodig als u MASTER_KEY meegeeft
  --vervang   wat er nu in de datamap staat, gaat opzij en blijft bewaard`

const { values, positionals } = parse()
const [given = ""] = positionals
if (values.help || positionals.length !== 1) end(values.help ? 0 : 2, help)

try {
  const place = resolve(given)
  const moments = await momentsIn(place)
  const moment = values.van ?? moments.at(-1)
  if (!moment || !moments.includes(moment)) throw new Stopped(moments.length === 0 ? `In ${place} staat geen hele back-up.` : `Deze back-ups zijn heel: ${moments.join(", ")}.`)
  Object.assign(process.env, { SMTP_URL: process.env["SMTP_URL"] ?? "smtp://localhost", LOG_LEVEL: "error" })
  if (values.sleutels) Object.assign(process.env, readKeys(values.sleutels))
  const masterKey = process.env["MASTER_KEY"]
  if (!masterKey) throw new Stopped("Zeg met --sleutels waar de sleutels staan, of geef MASTER_KEY mee.")
  const manifest = await readManifest(place, moment, passphraseOf(masterKey))
  const said = process.env["DATABASE_URL"] ? await fill(place, moment, manifest) : await replaceData(place, moment, manifest)
  console.log(`Teruggezet zoals het was op ${new Date(manifest.madeAt).toLocaleString("nl-NL", { timeZone: "Europe/Amsterdam" })}. ${said}`)
  process.exit(0)
} catch (error) {
  if (error instanceof StorageFull || isDiskFull(error)) end(1, "\nEr is geen ruimte meer op de schijf. Er is niets teruggezet.")
  end(1, error instanceof Stopped ? `\n${error.message}` : error instanceof Error ? (error.stack ?? error.message) : String(error))
}

/** Env() is asked only now: what it is made of was not there before. */
async function fill(...args: Parameters<typeof import("./fill.ts").fillPortal>): Promise<string> {
  const { fillPortal } = await import("./fill.ts")
  return fillPortal(...args)
}

async function replaceData(place: string, moment: string, manifest: Parameters<typeof fill>[2]): Promise<string> {
  const data = dataFolder()
  assertMayReplace(data)
  const half = await mkdtemp(`${data}.half-`)
  const { MASTER_KEY, PASSWORD_PEPPER } = process.env
  writeJson(join(half, "secrets.json"), { ...secretsOf(half), MASTER_KEY, ...(PASSWORD_PEPPER ? { PASSWORD_PEPPER } : {}) })
  const secrets = secretsOf(half)
  writeJson(join(half, "demo.json"), { demo: "none", accounts: [] })
  const postgres = await startPostgres(join(half, "postgres"), secrets.DATABASE_PASSWORD, Number(process.env["POSTGRES_PORT"] || 54320))
  let said: string
  try {
    Object.assign(process.env, { DATABASE_URL: postgres.url, STORAGE: process.env["STORAGE"] || `folder:${join(half, "files")}` })
    said = await fill(place, moment, manifest)
  } catch (error) {
    await postgres.stop()
    await rm(half, { recursive: true })
    throw error
  }
  await postgres.stop()
  assertMayReplace(data)
  const aside = existsSync(data) ? `${data}.voor-${moment}-${Date.now()}` : undefined
  if (aside) await rename(data, aside)
  await rename(half, data)
  return `${said}${aside ? ` Wat er stond, staat nu in ${aside}.` : ""} Start het portaal met npm start.`
}

/** Asked again at the end: a portal may have been started, or restored, meanwhile. */
function assertMayReplace(data: string): void {
  if (runsOn(data)) throw new Stopped("Het portaal draait op deze map. Stop het eerst met Ctrl-C.")
  if (existsSync(data) && !values.vervang) throw new Stopped(`In ${data} staat al een portaal. Met --vervang gaat dat opzij, en blijft het bewaard.`)
}

function parse() {
  try {
    return parseArgs({ args: process.argv.slice(2), allowPositionals: true, options: { sleutels: { type: "string" }, van: { type: "string" }, vervang: { type: "boolean", default: false }, help: { type: "boolean", short: "h", default: false } } })
  } catch {
    return end(2, help)
  }
}

function end(code: number, text: string): never {
  if (code === 0) console.log(text)
  else console.error(text)
  process.exit(code)
}
