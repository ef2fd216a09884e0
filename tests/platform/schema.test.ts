import { readdir, readFile } from "node:fs/promises"
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils"
import { PrismaPg } from "@prisma/adapter-pg"
import { SchemaEngine } from "@prisma/schema-engine-wasm"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { useDatabase } from "../support/database.ts"

/**
 * prisma/schema/ and prisma/migrations/ are two tellings of one thing: here each makes a database, and the two are laid
 * side by side. Checks and partial indexes, which Prisma cannot say, stand in the migrations only.
 */
const database = useDatabase()
const schemaFolder = "prisma/schema"
const name = `${new URL(database.ownerUrl).pathname.slice(1)}_schema`
let migrated: pg.Client
let fromSchema: pg.Client

beforeAll(async () => {
  migrated = new pg.Client({ connectionString: database.ownerUrl })
  await migrated.connect()
  await migrated.query(`create database ${name}`)
  const address = new URL(database.ownerUrl)
  address.pathname = name
  fromSchema = new pg.Client({ connectionString: address.href })
  await fromSchema.connect()
  await fromSchema.query(await scriptOfSchema())
}, 60_000)
afterAll(async () => {
  await fromSchema.end()
  await migrated.query(`drop database ${name} with (force)`).finally(() => migrated.end())
})

/** The SQL that Prisma would make an empty database with. */
async function scriptOfSchema(): Promise<string> {
  const names = await readdir(schemaFolder)
  const files = await Promise.all(names.map(async (path) => ({ path, content: await readFile(`${schemaFolder}/${path}`, "utf8") })))
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: database.ownerUrl }))
  const engine = await SchemaEngine.new({ datamodels: files.map(({ path, content }) => [path, content]) }, () => {}, adapter)
  const filters = { externalTables: [], externalEnums: [] }
  const { stdout } = await engine.diff({
    from: { tag: "empty" },
    to: { tag: "schemaDatamodel", files },
    script: true,
    exitCode: null,
    filters,
  })
  engine.free()
  return stdout ?? ""
}

const ours = "'public'::regnamespace"

test.each([
  [
    "tables with their columns",
    `select table_name, column_name, data_type, udt_name, datetime_precision, is_nullable, column_default from information_schema.columns
    where table_schema = 'public' and table_name <> '_prisma_migrations' order by 1, 2`,
  ],
  [
    "kinds of value",
    `select typname, enumlabel from pg_enum e join pg_type t on t.oid = e.enumtypid
    where typnamespace = ${ours} order by typname, enumsortorder`,
  ],
  [
    "keys and references",
    `select conrelid::regclass::text as "table", conname, contype::text, pg_get_constraintdef(oid) as text from pg_constraint
    where connamespace = ${ours} and contype in ('p', 'u', 'f') and conrelid::regclass::text <> '_prisma_migrations' order by 1, 2`,
  ],
  [
    "indexes",
    `select tablename, indexname, indexdef from pg_indexes
    where schemaname = 'public' and tablename <> '_prisma_migrations' and indexdef not like '% WHERE %' order by 1, 2`,
  ],
])("the schema and the migrations have the same %s", async (_what, question) => {
  const { rows } = await migrated.query(question)
  expect(rows.length).toBeGreaterThan(0)
  expect(rows).toEqual((await fromSchema.query(question)).rows)
})
