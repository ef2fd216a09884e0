import { randomBytes } from "node:crypto"
import { join } from "node:path"
import { z } from "zod"
import { readJson, writeJson } from "./files.ts"

const secret = () => randomBytes(32).toString("base64")
const shape = z.object({ MASTER_KEY: z.string().min(1), DATABASE_PASSWORD: z.string().min(1), PASSWORD_PEPPER: z.string().min(1).optional() })

/** The secrets of a data folder, made on first use and kept in secrets.json (mode 0600). Lose it and the files cannot be read. */
export function secretsOf(data: string): Required<z.infer<typeof shape>> {
  const path = join(data, "secrets.json")
  const kept = readJson(path, shape.parse)
  if (kept?.PASSWORD_PEPPER) return { ...kept, PASSWORD_PEPPER: kept.PASSWORD_PEPPER }
  const made = { MASTER_KEY: secret(), DATABASE_PASSWORD: randomBytes(24).toString("base64url"), ...kept, PASSWORD_PEPPER: secret() }
  writeJson(path, made)
  return made
}
