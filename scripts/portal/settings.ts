import { resolve } from "node:path"
import { Stopped } from "./steps.ts"

export type Settings = {
  root: string
  /** Everything the portal keeps: database, files, mails, logs and secrets. Relative to the checkout. */
  data: string
  isDevelopment: boolean
  withDemo: boolean
  /** A database server of your own; undefined means the one that comes along. */
  databaseUrl: string | undefined
  masterKey: string | undefined
  /** A mail server of your own; undefined means the local inbox. */
  smtpUrl: string | undefined
  listenOn: string
  ports: { web: number; inbox: number; smtp: number; postgres: number }
}

/** What `npm start` is asked to do, from the environment and the arguments. Each port is the first to try. */
export function settingsFrom(env: NodeJS.ProcessEnv, args: readonly string[]): Settings {
  const databaseUrl = env.DATABASE_URL || undefined
  const masterKey = env.MASTER_KEY || undefined
  if (databaseUrl && !masterKey) {
    throw new Stopped("DATABASE_URL is gezet, dan is MASTER_KEY ook nodig: 32 willekeurige bytes in base64 (openssl rand -base64 32). Bewaar hem goed.")
  }
  const root = resolve(import.meta.dirname, "../..")
  return {
    root,
    data: resolve(root, env.PORTAL_DATA || ".data"),
    isDevelopment: args.includes("--dev"),
    withDemo: !databaseUrl && env.PORTAL_DEMO !== "no",
    databaseUrl,
    masterKey,
    smtpUrl: env.SMTP_URL || undefined,
    listenOn: env.LISTEN_ON || "localhost",
    ports: {
      web: port(env, "PORT", 3000),
      inbox: port(env, "INBOX_PORT", 8025),
      smtp: port(env, "SMTP_PORT", 1025),
      postgres: port(env, "POSTGRES_PORT", 54320),
    },
  }
}

function port(env: NodeJS.ProcessEnv, name: string, otherwise: number): number {
  const value = Number(env[name] || otherwise)
  if (Number.isInteger(value) && value > 0 && value < 65536) return value
  throw new Stopped(`${name} moet een poortnummer zijn, van 1 tot en met 65535.`)
}
