import { defineConfig } from "prisma/config"

// The schema engine is only needed as a binary by `migrate`, which we run as WebAssembly (src/platform/migrate.ts);
// any existing file satisfies the look-up, so that `generate` works where the binary cannot be downloaded.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({ schema: "prisma/schema", migrations: { path: "prisma/migrations" } })
