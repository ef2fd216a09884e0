import { randomBytes } from "node:crypto"
import { join } from "node:path"
import { z } from "zod"
import { readJson, writeJson } from "./files.ts"

const shape = z.object({ MASTER_KEY: z.string().min(1), DATABASE_PASSWORD: z.string().min(1) })

/** The two secrets of a data folder, made on first use and kept in secrets.json (mode 0600). Lose it and the files cannot be read. */
export function secretsOf(data: string): z.infer<typeof shape> {
  const path = join(data, "secrets.json")
  const kept = readJson(path, shape.parse)
  if (kept) return kept
  const made = { MASTER_KEY: randomBytes(32).toString("base64"), DATABASE_PASSWORD: randomBytes(24).toString("base64url") }
  writeJson(path, made)
  return made
}
