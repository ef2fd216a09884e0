import { env } from "#platform/env.ts"
import { migrate } from "#platform/migrate.ts"
import { prepareStorage } from "#platform/storage.ts"

await migrate(env().DATABASE_URL, env().MASTER_KEY)
await prepareStorage()
// The migration engine keeps a connection for ten seconds after its last use; this process is done.
process.exit(0)
