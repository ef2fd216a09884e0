import { join } from "node:path"
import { buildPages, generateClient } from "../../scripts/portal/build.ts"

/** Builds the pages once, before files of journeys that run side by side would each do it. */
export default async function setUp(): Promise<void> {
  const root = join(import.meta.dirname, "../..")
  await generateClient(root)
  await buildPages(root)
}
