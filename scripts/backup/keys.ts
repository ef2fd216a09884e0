import { existsSync, mkdirSync, realpathSync } from "node:fs"
import { basename, dirname, join, relative, resolve } from "node:path"
import { z } from "zod"
import { readJson, writeJson } from "../portal/files.ts"
import { Stopped } from "../portal/steps.ts"
import type { Keys } from "./portal-here.ts"

const shape = z.object({ MASTER_KEY: z.string().min(1), PASSWORD_PEPPER: z.string().min(1).optional() })

const fileIn = (folder: string) => join(folder, "loondossier-sleutels.json")

/** Keeps the keys in a folder apart from the back-ups (mode 0600). Other keys that are there are never written over. */
export function keepKeys(folder: string, backups: string, keys: Keys): void {
  if (isWithin(folder, backups) || isWithin(backups, folder)) throw new Stopped("Bewaar de sleutels niet bij de back-ups: wie de map vindt, leest dan alles. Kies voor --sleutels een andere plek.")
  const known = readJson(fileIn(folder), shape.parse)
  if (known && (known.MASTER_KEY !== keys.MASTER_KEY || (known.PASSWORD_PEPPER && known.PASSWORD_PEPPER !== keys.PASSWORD_PEPPER))) {
    throw new Stopped(`In ${fileIn(folder)} staan al andere sleutels. Die gaan bij andere back-ups; kies een andere map.`)
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeJson(fileIn(folder), keys)
}

/** The keys that `keepKeys` kept. */
export function readKeys(folder: string): Keys {
  const keys = readJson(fileIn(folder), shape.parse)
  if (!keys) throw new Stopped(`In ${folder} staan geen sleutels (loondossier-sleutels.json).`)
  return keys
}

function isWithin(inner: string, outer: string): boolean {
  const [there, here] = [truePath(inner), truePath(outer)]
  const path = relative(here, there)
  return !path.startsWith("..") && resolve(here, path) === there
}

/** Where a path leads when its links are followed, as far as it exists. */
function truePath(path: string): string {
  const full = resolve(path)
  if (existsSync(full)) return realpathSync(full)
  return full === dirname(full) ? full : join(truePath(dirname(full)), basename(full))
}
