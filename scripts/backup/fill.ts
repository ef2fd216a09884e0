import { join } from "node:path"
import pg from "pg"
import { checkChains } from "#domain/audit/check-chains.ts"
import { closeDatabase } from "#platform/database.ts"
import { env } from "#platform/env.ts"
import { migrate, migrationNames } from "#platform/migrate.ts"
import { folderStorage } from "#platform/storage-folder.ts"
import { storage, type Storage } from "#platform/storage.ts"
import { step, Stopped } from "../portal/steps.ts"
import { copyFiles } from "./files.ts"
import { databaseIn, filesIn, type Manifest } from "./place.ts"
import { hashOfFile, passphraseOf, readSealed } from "./sealed.ts"
import { fillFreely, findTables, putRows } from "./tables.ts"

/**
 * Fills the empty database and the storage of env() from a back-up: the files first, then every row in one transaction, then newer migrations. Afterwards
 * every chain of events is walked, and every stored file that a row names is looked for. Returns what was put back, as a sentence.
 */
export async function fillPortal(place: string, moment: string, manifest: Manifest): Promise<string> {
  const { DATABASE_URL, MASTER_KEY } = env()
  const known = await migrationNames()
  if (!known.includes(manifest.migration)) throw new Stopped("Deze back-up is van een nieuwere versie van het portaal. Zet eerst die versie neer.")
  await step("Back-up nalopen", () => assertWhole(place, moment, manifest))
  await assertEmpty(DATABASE_URL, manifest.migration)
  const portal = await storage()
  await portal.prepare()
  const { files } = await step("Bestanden terugzetten", () => copyFiles(folderStorage(filesIn(place)), portal))
  const rows = await step("Database terugzetten", async () => {
    await migrate(DATABASE_URL, MASTER_KEY, manifest.migration)
    const count = await fillTables(DATABASE_URL, place, moment, manifest)
    await migrate(DATABASE_URL, MASTER_KEY)
    return count
  })
  await step("Nalopen", () => assertSound(DATABASE_URL, portal))
  const number = new Intl.NumberFormat("nl-NL")
  return `${number.format(rows)} rijen en ${number.format(files)} bestanden; alle ketens van gebeurtenissen kloppen.`
}

/** Every file of the database's part is the one that was written, before anything is changed. */
async function assertWhole(place: string, moment: string, { tables }: Manifest): Promise<void> {
  for (const { file, sha256 } of tables) {
    const hash = await hashOfFile(join(databaseIn(place, moment), file)).catch(() => "missing")
    if (hash !== sha256) throw new Stopped(`${file} van deze back-up is beschadigd of weg. Kies met --van een andere.`)
  }
}

/** Nobody is in it, and it is not of a later version: what a migration would do with the rows it has to do with these. */
async function assertEmpty(url: string, migration: string): Promise<void> {
  const isFit = await on(url, async (client) => {
    const { rows } = await client.query<{ there: boolean }>("select to_regclass('public.audience') is not null as there")
    if (rows[0]?.there !== true) return true
    const { rows: later } = await client.query("select from audience union all select from _prisma_migrations where migration_name > $1 limit 1", [migration])
    return later.length === 0
  })
  if (!isFit) throw new Stopped("Deze database is niet leeg, of van een nieuwere versie dan de back-up. Maak een nieuwe, lege database.")
}

async function fillTables(url: string, place: string, moment: string, manifest: Manifest): Promise<number> {
  const passphrase = passphraseOf(env().MASTER_KEY)
  return on(url, async (client) => {
    await client.query("set timezone to 'UTC'; begin")
    const tables = await findTables(client)
    const unknown = manifest.tables.filter((one) => !tables.some((table) => table.name === one.name))
    if (unknown.length > 0) throw new Stopped(`Deze versie van het portaal kent niet: ${unknown.map((one) => one.name).join(", ")}.`)
    let count = 0
    await fillFreely(client, tables, async () => {
      for (const { name, file, rows } of manifest.tables) {
        const table = tables.find((one) => one.name === name)
        const put = table ? await putRows(client, table, readSealed(join(databaseIn(place, moment), file), passphrase)) : 0
        if (put !== rows) throw new Stopped(`Van ${name} kwamen ${put} van ${rows} rijen terug.`)
        count += put
      }
    })
    for (const { name, at } of manifest.sequences) await client.query("select setval($1::regclass, $2::bigint)", [name, at])
    await client.query("commit")
    return count
  })
}

/** Stopped when a chain of events is broken, or a file that a row names is not there. */
async function assertSound(url: string, portal: Storage): Promise<void> {
  try {
    for await (const chain of checkChains()) if (chain.brokenAt !== null) throw new Stopped(`De keten van gebeurtenissen ${chain.id} klopt niet vanaf ${chain.brokenAt}.`)
  } finally {
    await closeDatabase()
  }
  const missing = await on(url, async (client) => {
    let count = 0
    await client.query("begin")
    for (const question of [...(await columnsOfKeys(client)), piecesOfBackups]) {
      await client.query(`declare keys_of no scroll cursor for ${question}`)
      for (;;) {
        const { rows } = await client.query<{ key: string }>("fetch 1000 from keys_of")
        if (rows.length === 0) break
        const sizes = await Promise.all(rows.map(({ key }) => portal.size(key)))
        count += sizes.filter((size) => size === undefined).length
      }
      await client.query("close keys_of")
    }
    await client.query("commit")
    return count
  })
  if (missing > 0) throw new Stopped(`${missing} bestanden die de database noemt, staan niet in de back-up.`)
}

/** A piece of a package's back-up has no column for its key (domain/package-backups/backup-pieces.ts). */
const piecesOfBackups = "select 'backups/' || backup_id || '.' || id as key from package_backup_piece"

async function columnsOfKeys(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ question: string }>(
    `select format('select storage_key as key from public.%I', c.relname) as question
     from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
     where n.nspname = 'public' and c.relkind = 'r' and a.attname = 'storage_key'`,
  )
  return rows.map(({ question }) => question)
}

async function on<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return work(client).finally(() => client.end())
}
