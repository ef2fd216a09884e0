import { existsSync } from "node:fs"
import { join, resolve } from "node:path"
import { startPostgres } from "../portal/postgres.ts"
import { readRunning } from "../portal/running.ts"
import { commandOf } from "../portal/processes.ts"
import { secretsOf } from "../portal/secrets.ts"
import { Stopped } from "../portal/steps.ts"

/** The secrets without which a back-up cannot be opened. */
export type Keys = { MASTER_KEY: string; PASSWORD_PEPPER?: string }

/** A portal to work on. `keptKeys`: its secrets, where it keeps them itself; whoever gives them by the environment keeps them already. */
export type PortalHere = { keptKeys: Keys | undefined; stop: () => Promise<void> }

/** The data folder of this checkout, or the one that PORTAL_DATA names. */
export function dataFolder(): string {
  return resolve(join(import.meta.dirname, "../.."), process.env["PORTAL_DATA"] || ".data")
}

/** Whether `npm start` runs on this data folder. */
export function runsOn(data: string): boolean {
  const running = readRunning(data)
  return running !== undefined && commandOf(running.pid).includes("scripts/serve.ts")
}

/**
 * Points the environment at the portal to work on: the database of DATABASE_URL (with MASTER_KEY and STORAGE), the portal that runs on this data folder, or
 * the one that lies still there, whose database is started until `stop`. To be called before anything asks env().
 */
export async function findPortal(): Promise<PortalHere> {
  Object.assign(process.env, { SMTP_URL: process.env["SMTP_URL"] ?? "smtp://localhost", LOG_LEVEL: "error" })
  if (process.env["DATABASE_URL"]) {
    if (!process.env["MASTER_KEY"]) throw new Stopped("DATABASE_URL is gezet, dan is MASTER_KEY ook nodig.")
    return { keptKeys: undefined, stop: async () => undefined }
  }
  const data = dataFolder()
  if (!existsSync(join(data, "secrets.json"))) throw new Stopped(`Hier staat geen portaal (${data}). Geef DATABASE_URL, MASTER_KEY en STORAGE mee, of PORTAL_DATA.`)
  const secrets = secretsOf(data)
  const keys = { MASTER_KEY: process.env["MASTER_KEY"] || secrets.MASTER_KEY, PASSWORD_PEPPER: process.env["PASSWORD_PEPPER"] || secrets.PASSWORD_PEPPER }
  const running = runsOn(data) ? readRunning(data) : undefined
  if (running) {
    Object.assign(process.env, running.environment, { LOG_LEVEL: "error" })
    return { keptKeys: keys, stop: async () => undefined }
  }
  const postgres = await startPostgres(join(data, "postgres"), secrets.DATABASE_PASSWORD, Number(process.env["POSTGRES_PORT"] || 54320))
  Object.assign(process.env, { ...keys, DATABASE_URL: postgres.url, STORAGE: process.env["STORAGE"] || `folder:${join(data, "files")}` })
  return { keptKeys: keys, stop: postgres.stop }
}
