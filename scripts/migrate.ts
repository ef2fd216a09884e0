import { markStorage } from "#domain/storage-place/mark-storage.ts"
import { StorageAway } from "#domain/storage-place/storage-there.ts"
import { now } from "#platform/clock.ts"
import { env } from "#platform/env.ts"
import { migrate } from "#platform/migrate.ts"

await migrate(env().DATABASE_URL, env().MASTER_KEY)
await markStorage(now()).catch((error: unknown) => {
  if (!(error instanceof StorageAway)) throw error
  console.error("De plek voor bestanden is niet die van dit portaal. Is de schijf aangekoppeld, en klopt STORAGE? Bracht u alle bestanden over: npm run beheer -- opslag erken")
  process.exit(1)
})
// The migration engine keeps a connection for ten seconds after its last use; this process is done.
process.exit(0)
