import { mkdir, rm } from "node:fs/promises"
import { join, resolve } from "node:path"
import { parseArgs } from "node:util"
import pg from "pg"
import { isStorageThere } from "#domain/storage-place/storage-there.ts"
import { env } from "#platform/env.ts"
import { folderStorage, isDiskFull } from "#platform/storage-folder.ts"
import { storage, StorageFull } from "#platform/storage.ts"
import { step, Stopped } from "../portal/steps.ts"
import { copyFiles, noteGone, removeOld } from "./files.ts"
import { keepKeys } from "./keys.ts"
import { databaseIn, filesIn, goneIn, momentOf, removeHalves, writeManifest, type Manifest } from "./place.ts"
import { findPortal } from "./portal-here.ts"
import { flush, passphraseOf, writeSealed } from "./sealed.ts"
import { findSequences, findTables, rowsOf } from "./tables.ts"

/**
 * `npm run backup -- <folder> --sleutels <other folder>`: database and files of the portal into a folder, while it runs; keys into another. The database first,
 * as it was at one moment; then the files, of which only what is not there yet is copied. Meanwhile nothing is swept away. A back-up counts when it is whole.
 * Ends with 0 when it is, 1 when it is not, 2 when it was not understood.
 */
const help = `npm run backup -- <map> --sleutels <andere map> [--bewaar 14]

  Maakt een back-up van database en bestanden in <map>. Bestanden die er al staan, worden niet nog een keer geschreven.
  --sleutels  waar de sleutels komen. Zonder die sleutels is een back-up niets waard: bewaar ze goed, en ergens anders.
              Niet nodig als u MASTER_KEY zelf meegeeft: dan bewaart u hem al.
  --bewaar    zoveel back-ups blijven er; de oudste gaan weg als de nieuwe heel is`

const { values, positionals } = parse()
const [place = ""] = positionals
const keep = Number(values.bewaar)
if (values.help || positionals.length !== 1 || !Number.isInteger(keep) || keep < 1) end(values.help ? 0 : 2, help)

try {
  const portal = await findPortal()
  try {
    if (portal.keptKeys && !values.sleutels) throw new Stopped("Zeg met --sleutels waar de sleutels komen: een andere map dan die van de back-ups, liefst op een andere plek.")
    if (portal.keptKeys && values.sleutels) keepKeys(values.sleutels, place, portal.keptKeys)
    await make(resolve(place))
  } finally {
    await portal.stop()
  }
  process.exit(0)
} catch (error) {
  end(1, error instanceof Stopped ? `\n${error.message}` : error instanceof Error ? (error.stack ?? error.message) : String(error))
}

async function make(place: string): Promise<void> {
  const [portal, backup] = [await storage(), folderStorage(filesIn(place))]
  const moment = momentOf(new Date())
  const passphrase = passphraseOf(env().MASTER_KEY)
  const client = new pg.Client({ connectionString: env().DATABASE_URL })
  await client.connect()
  try {
    await holdStill(client)
    if (!(await isStorageThere())) throw new Stopped("De plek voor bestanden is niet die van dit portaal: een schijf is niet aangekoppeld, of STORAGE klopt niet. Er is geen back-up gemaakt.")
    await removeHalves(place)
    await mkdir(databaseIn(place, moment), { recursive: true, mode: 0o700 })
    await backup.prepare()
    const manifest = await step("Database", () => writeTables(client, place, moment, passphrase))
    const copied = await step("Bestanden", () => copyFiles(portal, backup))
    await step("Wat niet meer nodig is", () => noteGone(portal, backup, goneIn(place, moment)))
    await writeManifest(place, moment, manifest, passphrase)
    for (const folder of [databaseIn(place, moment), join(place, "database"), place]) await flush(folder)
    const removed = await removeOld(place, backup, keep)
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
    console.log(`Back-up ${moment} is heel: ${number(rows)} rijen, ${number(copied.files)} nieuwe bestanden (${number(Math.ceil(copied.bytes / 1_000_000))} MB).${removed > 0 ? ` ${number(removed)} oude weggehaald.` : ""}`)
  } catch (error) {
    await rm(databaseIn(place, moment), { recursive: true, force: true })
    if (!(error instanceof StorageFull) && !isDiskFull(error)) throw error
    throw new Stopped(`Er is geen ruimte meer in ${place}. Deze back-up telt niet mee. Wat al gekopieerd was, hoeft een volgende keer niet opnieuw; eerdere back-ups zijn nog heel.`)
  } finally {
    await client.end()
  }
}

/** One back-up at a time, and nothing is swept away until the connection ends: a file that the database names stays until it is copied. */
async function holdStill(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ held: boolean }>("select pg_try_advisory_lock(hashtext('loondossier.backup')) as held")
  if (!rows[0]?.held) throw new Stopped("Er wordt al een back-up van dit portaal gemaakt.")
  await client.query("select pg_advisory_lock(hashtext('loondossier.sweep'))")
}

async function writeTables(client: pg.Client, place: string, moment: string, passphrase: string): Promise<Manifest> {
  await client.query("set timezone to 'UTC'; begin isolation level repeatable read read only")
  const tables = await findTables(client)
  const written: Manifest["tables"] = []
  for (const table of tables) {
    const file = `${table.name.replaceAll('"', "")}.jsonl.gz.age`
    const { sha256, lines } = await writeSealed(join(databaseIn(place, moment), file), passphrase, rowsOf(client, table))
    written.push({ name: table.name, file, rows: lines, sha256 })
  }
  const { rows } = await client.query<{ migration: string; madeAt: Date }>(
    "select max(migration_name) as migration, now() as \"madeAt\" from _prisma_migrations where finished_at is not null and rolled_back_at is null",
  )
  const [queue] = (await client.query<{ version: number }>("select version from pgboss.version")).rows
  const sequences = await findSequences(client)
  await client.query("commit")
  const [state] = rows
  if (!state?.migration || !queue) throw new Stopped("Deze database is niet van een portaal, of nog leeg.")
  return { format: 1, moment, madeAt: state.madeAt.toISOString(), migration: state.migration, queueVersion: queue.version, tables: written, sequences }
}

function number(count: number): string {
  return new Intl.NumberFormat("nl-NL").format(count)
}

function parse() {
  try {
    return parseArgs({ args: process.argv.slice(2), allowPositionals: true, options: { sleutels: { type: "string" }, bewaar: { type: "string", default: "14" }, help: { type: "boolean", short: "h", default: false } } })
  } catch {
    return end(2, help)
  }
}

function end(code: number, text: string): never {
  if (code === 0) console.log(text)
  else console.error(text)
  process.exit(code)
}
