import { PrismaPg } from "@prisma/adapter-pg"
import { addressFor, type DatabaseRole } from "./database-address.ts"
import { env } from "./env.ts"
import { Prisma, PrismaClient } from "./generated/prisma/client.ts"

/** The open transaction of a use case. Only repositories write queries on it. */
export type Transaction = Prisma.TransactionClient

/** Who looks: an account, acting for one party. */
export type ViewerIdentity = { accountId: string; partyId: string }

/** Why something runs without a viewer. Each is a sentence an auditor would accept. */
export type SystemReason = "sign-in" | "password-link" | "add-employer" | "read-upload" | "deliver" | "send-mail" | "sweep" | "demo" | "operate"

declare global {
  // One pool per role and process, also when a development server loads this module again.
  var portalDatabases: Partial<Record<DatabaseRole, PrismaClient>> | undefined
}

const statements = new Map<string, string>()
const mostStatements = 500
const longestStatement = 4000

/** A named statement is planned once per connection and then kept: the rule behind every row costs more to plan than to run. Lists of any length are not kept. */
function statementName({ sql }: { sql: string }): string {
  const known = statements.get(sql)
  if (known !== undefined) return known
  if (sql.length > longestStatement || statements.size >= mostStatements) return ""
  const name = `s${statements.size}`
  statements.set(sql, name)
  return name
}

function database(role: DatabaseRole): PrismaClient {
  const known = (globalThis.portalDatabases ??= {})
  return (known[role] ??= new PrismaClient({
    adapter: new PrismaPg({ connectionString: addressFor(role, env().DATABASE_URL, env().MASTER_KEY), max: 10 }, { statementNameGenerator: statementName }),
    transactionOptions: { maxWait: 10_000, timeout: role === "portal_app" ? 30_000 : 600_000 },
  }))
}

/**
 * Runs one use case's work in a transaction in which the database shows only what this viewer may see (row-level security).
 * An account without a live role for that party sees nothing at all. All of it happens, or none.
 */
export async function asViewer<T>(viewer: ViewerIdentity, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return database("portal_app").$transaction(async (tx) => {
    await tx.$executeRaw`select enter_viewer(${viewer.accountId}::uuid, ${viewer.partyId}::uuid)`
    return work(tx)
  })
}

/** Runs work that nobody watches (a job, a sign-in) in a transaction that sees everything. The reason stands in the code for the reader. */
export async function asSystem<T>(_reason: SystemReason, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return database("portal_system").$transaction(work)
}

/** One statement without a transaction of its own, as the system: for the check that stands before every page. */
export function asSystemOnce(_reason: SystemReason): Transaction {
  return database("portal_system")
}

/** Whether the database answers, within two seconds. */
export async function databaseAnswers(): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(resolve, 2000, false).unref())
  const answer = database("portal_app").$queryRaw`select 1`.then(() => true).catch(() => false)
  return Promise.race([answer, late])
}

/** Closes all connections of this process. */
export async function closeDatabase(): Promise<void> {
  const open = Object.values(globalThis.portalDatabases ?? {})
  globalThis.portalDatabases = undefined
  await Promise.all(open.map((client) => client.$disconnect()))
}

/** Runs a statement that a library made (the job queue's) inside the transaction. Values are bound, never pasted. */
export async function runStatement(tx: Transaction, text: string, values: readonly unknown[]): Promise<{ rows: unknown[] }> {
  const rows: unknown[] = await tx.$queryRawUnsafe(text, ...values)
  return { rows }
}
