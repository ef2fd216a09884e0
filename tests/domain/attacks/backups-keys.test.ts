import { mkdir, mkdtemp, readdir, rm, stat, symlink } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { keepKeys } from "../../../scripts/backup/keys.ts"

const keys = { MASTER_KEY: "een sleutel van de test" }
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "backup-keys-"))
  await mkdir(join(folder, "place/database"), { recursive: true })
  await symlink(join(folder, "place"), join(folder, "elsewhere"))
  await symlink(folder, join(folder, "above"))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test.each(["place", "place/keys", "elsewhere", "elsewhere/keys", "elsewhere/new/keys", "above/place/keys", "above"])("keys are not kept with the back-ups, whatever link leads there: %s", async (to) => {
  expect(() => keepKeys(join(folder, to), join(folder, "place"), keys)).toThrow("Bewaar de sleutels niet bij de back-ups")
  expect(await readdir(join(folder, "place"))).toEqual(["database"])
})

test("keys that are kept apart are read by their owner alone", async () => {
  keepKeys(join(folder, "apart"), join(folder, "place"), keys)
  const modes = await Promise.all(["apart", "apart/loondossier-sleutels.json"].map(async (name) => (await stat(join(folder, name))).mode & 0o777))
  expect(modes).toEqual([0o700, 0o600])
})
