import { randomUUID } from "node:crypto"
import { rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { afterAll, beforeAll, inject } from "vitest"

export type TestDatabase = { ownerUrl: string; masterKey: string; filesFolder: string }

/**
 * Gives this test file a migrated, empty database of its own, and an environment that points at it. Call it at the top of the file, before
 * anything asks env(). After the file the database and the folder for files are gone; close your own connections before that.
 */
export function useDatabase(): TestDatabase {
  const { url, masterKey } = inject("template")
  const name = `test_${randomUUID().replaceAll("-", "")}`
  const ownerUrl = withDatabase(url, name)
  const filesFolder = join(tmpdir(), name)
  Object.assign(process.env, {
    NODE_ENV: "test",
    DATABASE_URL: ownerUrl,
    MASTER_KEY: masterKey,
    PASSWORD_PEPPER: Buffer.alloc(32, 5).toString("base64"),
    PUBLIC_URL: "http://localhost:3000",
    SMTP_URL: "smtp://127.0.0.1:9",
    STORAGE: `folder:${filesFolder}`,
    LOG_LEVEL: "silent",
  })
  beforeAll(() => onServer(url, `create database ${name} template ${new URL(url).pathname.slice(1)} strategy file_copy`))
  afterAll(async () => {
    await onServer(url, `drop database if exists ${name} with (force)`)
    await rm(filesFolder, { recursive: true, force: true })
  })
  return { ownerUrl, masterKey, filesFolder }
}

async function onServer(url: string, statement: string): Promise<void> {
  const server = new pg.Client({ connectionString: withDatabase(url, "postgres") })
  await server.connect()
  await server.query(statement).finally(() => server.end())
}

function withDatabase(url: string, name: string): string {
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}
