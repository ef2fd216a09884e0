import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs"
import { join, relative } from "node:path"

/** The parsed JSON of a file, or undefined when it is missing or was cut off half way. */
export function readJson<T>(path: string, parse: (value: unknown) => T): T | undefined {
  try {
    return parse(JSON.parse(readFileSync(path, "utf8")))
  } catch {
    return undefined
  }
}

/** Writes JSON that only this user can read, all of it or nothing. */
export function writeJson(path: string, value: unknown): void {
  const half = `${path}.${process.pid}.half`
  writeFileSync(half, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
  renameSync(half, path)
}

/** One SHA-256 over names and contents of files and folders, in a fixed order. What is missing counts as empty; `skip` are paths left out. */
export function hashOf(root: string, paths: readonly string[], skip: readonly string[] = []): string {
  const hash = createHash("sha256")
  for (const path of paths.flatMap((one) => filesUnder(join(root, one))).sort()) {
    const name = relative(root, path)
    if (skip.some((one) => name === one || name.startsWith(`${one}/`))) continue
    hash.update(name).update("\0").update(readFileSync(path)).update("\0")
  }
  return hash.digest("hex")
}

function filesUnder(path: string): string[] {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path).flatMap((name) => filesUnder(join(path, name)))
}
