import { env } from "#platform/env.ts"
import { migrate } from "#platform/migrate.ts"
import { prepareStorage } from "#platform/storage.ts"

await migrate(env().DATABASE_URL, env().MASTER_KEY)
await prepareStorage()
