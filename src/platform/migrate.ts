import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils"
import { PrismaPg } from "@prisma/adapter-pg"
import { SchemaEngine } from "@prisma/schema-engine-wasm"
import pg from "pg"
import { rolePassword } from "./secrets.ts"
import { databaseRoles } from "./database-address.ts"
import { installQueue } from "./queue-install.ts"

const folder = join(process.cwd(), "prisma/migrations")

/** The names of all migrations, oldest first. */
export async function migrationNames(): Promise<string[]> {
  return (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort()
}

/**
 * Brings a database to this version, or to how it was after the migration `upTo`: roles, migrations (recorded in Prisma's own table, so `prisma migrate deploy` stays possible),
 * the roles' passwords and the job queue. Running it again, or two at once, changes nothing more. Logs in as the owner.
 */
export async function migrate(ownerUrl: string, masterKey: string, upTo?: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    await owner.query("select pg_advisory_lock(hashtext('loondossier.migrate'))")
    for (const role of databaseRoles) await setRole(owner, role, rolePassword(role, masterKey))
    await applyMigrations(ownerUrl, (await migrationNames()).filter((name) => upTo === undefined || name <= upTo))
    await installQueue(ownerUrl)
  } finally {
    await owner.end()
  }
}

/** Roles belong to the whole server: two databases on one server share them, and the same master key gives the same password. */
async function setRole(owner: pg.Client, role: string, password: string): Promise<void> {
  await owner.query(`do $$ begin create role ${role}; exception when duplicate_object then null; when unique_violation then null; end $$`)
  const login = `alter role ${role} with login nosuperuser nobypassrls nocreatedb nocreaterole password ${owner.escapeLiteral(password)}`
  await owner.query("select pg_advisory_lock(hashtext('loondossier.roles'))")
  await owner.query(login).finally(() => owner.query("select pg_advisory_unlock(hashtext('loondossier.roles'))"))
}

async function applyMigrations(ownerUrl: string, names: readonly string[]): Promise<void> {
  const migrationDirectories = await Promise.all(
    names.map(async (name) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: await readFile(join(folder, name, "migration.sql"), "utf8") } },
    })),
  )
  const open: { dispose(): Promise<void> }[] = []
  const adapter = bindMigrationAwareSqlAdapterFactory(wholeScripts(new PrismaPg({ connectionString: ownerUrl }), open))
  const engine = await SchemaEngine.new({ datamodels: [["schema.prisma", 'datasource db {\n provider = "postgresql"\n}']] }, () => {}, adapter)
  try {
    await engine.applyMigrations({
      migrationsList: {
        baseDir: folder,
        lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
        shadowDbInitScript: "",
        migrationDirectories,
      },
      filters: { externalTables: [], externalEnums: [] },
    })
  } finally {
    engine.free()
    for (const connection of open) await connection.dispose()
  }
}

/** The adapter cuts a script at every semicolon, also inside a function's body; Postgres takes the script whole, as one transaction. */
function wholeScripts(factory: PrismaPg, open: { dispose(): Promise<void> }[]): PrismaPg {
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const adapter = await connect()
    open.push(adapter)
    adapter.executeScript = async (script) => {
      await adapter.underlyingDriver().query(script)
    }
    return adapter
  }
  return factory
}
