import { z } from "zod"

/**
 * The environment, checked once at start. The only place that reads process.env.
 * `npm start` and the tests fill in everything; docker-compose.yml and docs/operations.md list them for a server of your own.
 */
const url = z.string().regex(/^https?:\/\/[^\s/]+$/, "must be an address like https://portaal.voorbeeld.test, without a path")
const key = z.string().regex(/^[A-Za-z0-9+/]{43}=$/, "must be 32 random bytes in base64 (openssl rand -base64 32)")

const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  /** The owner's address of the database. Only migrations log in with it; its host and name are used for the two roles below. */
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "must be a postgres:// address"),
  /** The key above all keys: wraps dossier keys, seals BSNs, signs cookies, and gives the database roles their passwords. */
  MASTER_KEY: key,
  /** Keys the hashes of passwords. Kept apart from the database and from its back-ups: without it those hashes are of no use to anybody. Not set: hashes without. */
  PASSWORD_PEPPER: key.optional(),
  /** The address people type, without a path. Links in mails start with it; https turns on secure cookies. */
  PUBLIC_URL: url.default("http://localhost:3000"),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  /** "folder:<path>" or "s3:<bucket>"; the S3 settings below go with the second. */
  STORAGE: z.string().regex(/^(folder|s3):.+$/, 'must be "folder:<path>" or "s3:<bucket>"').default("folder:.data/files"),
  S3_ENDPOINT: z.string().url().optional(),
  S3_REGION: z.string().default("eu-west-1"),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  SMTP_URL: z.string().regex(/^smtps?:\/\//, "must be an smtp:// or smtps:// address"),
  MAIL_FROM: z.string().email().default("portaal@loondossier.test"),
  /** Mails come back to this address, each with a token of its own behind a plus; its domain's server must keep what stands behind the plus. Not set: to MAIL_FROM. */
  BOUNCE_ADDRESS: z.string().regex(/^[a-z0-9.-]{1,11}@[a-z0-9.-]+$/, "must be an address of at most eleven characters before the @").optional(),
  /** The mailbox in which those are read: imaps://user:password@host/INBOX, or with a token (docs/operations.md). */
  BOUNCE_IMAP_URL: z.string().regex(/^imaps?:\/\//, "must be an imap:// or imaps:// address").optional(),
  /** What a provider that posts them to /api/bounces has to show. */
  BOUNCE_SECRET: z.string().min(32, "must be at least 32 characters").optional(),
  /** Signs the portal's own mails (DKIM): the domain, the selector, and the private key in PEM, or its file. */
  DKIM_DOMAIN: z.string().regex(/^[a-z0-9.-]+$/, "must be a domain").optional(),
  DKIM_SELECTOR: z.string().regex(/^[a-z0-9._-]+$/i, "must be a name").optional(),
  DKIM_KEY: z.string().optional(),
  DKIM_KEY_FILE: z.string().optional(),
  /** Addresses (not ranges) of proxies whose X-Forwarded-For is believed, comma separated. */
  TRUSTED_PROXIES: z.string().default("").transform((list) => list.split(",").map((one) => one.trim()).filter(Boolean)),
  /** "no" keeps nothing of what is inside files: search goes by names, kinds and periods only, and what was kept of texts is removed. */
  SEARCH_TEXT: z.enum(["yes", "no"]).default("yes"),
  /** The most that one own file may weigh, and all own files of a dossier together, in megabytes. */
  OWN_FILE_MB: z.coerce.number().int().min(1).max(2000).default(100),
  DOSSIER_MB: z.coerce.number().int().min(1).max(1_000_000).default(2000),
  /** A virus scanner: "host:port" or the path of its socket. Without it own files are kept unscanned, and their details say so. */
  CLAMD: z.string().regex(/^(\/.+|\[?[\w.:-]+\]?:\d{1,5})$/, 'must be "host:port" or the path of a socket').optional(),
  /** "yes" lets the portal itself connect to its own machine, for tests and for a receiver beside it. Never to another address that is not public. */
  OUTGOING_LOOPBACK: z.enum(["yes", "no"]).default("no").transform((answer) => answer === "yes"),
  /** What Microsoft and Google know this portal by, for mailboxes that sign in there: without them owners can use a password only. */
  MAIL_OAUTH_MICROSOFT_ID: z.string().optional(),
  MAIL_OAUTH_MICROSOFT_SECRET: z.string().optional(),
  MAIL_OAUTH_GOOGLE_ID: z.string().optional(),
  MAIL_OAUTH_GOOGLE_SECRET: z.string().optional(),
  /** Where both are asked instead: an address under which /authorize and /token stand. For tests. */
  MAIL_OAUTH_SERVER: z.string().url().optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
})

export type Env = z.infer<typeof schema>

let known: Env | undefined

/** The checked environment. Throws one error that names every variable that is wrong, and never shows a value. */
export function env(): Env {
  return (known ??= readEnv(process.env))
}

/** Checks a set of variables; apart from `env` so that it can be tested. */
export function readEnv(variables: Record<string, string | undefined>): Env {
  const filled = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""))
  const parsed = schema.safeParse(filled)
  if (parsed.success) return parsed.data
  const wrong = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.code === "invalid_type" ? "is missing" : issue.message}`)
  throw new Error(`The environment is not complete:\n${wrong.join("\n")}`)
}
