import { PrismaPg } from "@prisma/adapter-pg"
import type { DatabaseRole } from "./database-address.ts"
import { askAtOnce, askOnce, askTogether, closePools, poolOf, statementName, type Statement } from "./database-pool.ts"
import { Prisma, PrismaClient } from "./generated/prisma/client.ts"

/** The open transaction of a use case. Only repositories write queries on it. */
export type Transaction = Prisma.TransactionClient

/** Where a repository reads with SQL: an open transaction, or statements that travel together. */
export type Reader = { $queryRaw: <Rows>(text: TemplateStringsArray, ...values: unknown[]) => Promise<Rows> }

/** Who looks: an account, acting for one party. */
export type ViewerIdentity = { accountId: string; partyId: string }

/** Why something runs without a viewer. Each is a sentence an auditor would accept. */
export type SystemReason = "sign-in" | "password-link" | "invite" | "second-step" | "confirm-address" | "change-address" | "import-people" | "add-employer" | "staff" | "api-key" | "move-employer" | "read-upload" | "deliver" | "approval" | "recall" | "remind" | "read-text" | "send-mail" | "switch-mail-off" | "mail-payslip" | "webhook" | "sweep" | "check-chains" | "demo" | "operate" | "mailbox" | "backup" | "bounce"

declare global {
  // One pool per role and process, also when a development server loads this module again.
  var portalDatabases: Partial<Record<DatabaseRole, PrismaClient>> | undefined
}

function database(role: DatabaseRole): PrismaClient {
  const known = (globalThis.portalDatabases ??= {})
  return (known[role] ??= new PrismaClient({
    adapter: new PrismaPg(poolOf(role), { statementNameGenerator: statementName }),
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

/**
 * As asViewer, for what is written as SQL alone. Statements that do not wait for one another go to the database in one go, with the entering:
 * for the pages and files that are asked for most. A third of the work of the same statements one by one.
 */
export async function readAsViewer<T>(viewer: ViewerIdentity, read: (reader: Reader) => Promise<T>): Promise<T> {
  return askTogether("portal_app", entering(viewer), (ask) => read({ $queryRaw: (text, ...values) => ask(bound(text, values)) }))
}

/** As readAsViewer, for what asks all it will ask before it first waits: one way to the database and back. Asking later throws. */
export async function readAtOnce<T>(viewer: ViewerIdentity, read: (reader: Reader) => Promise<T>): Promise<T> {
  return askAtOnce("portal_app", entering(viewer), (ask) => read({ $queryRaw: (text, ...values) => ask(bound(text, values)) }))
}

/**
 * As readAsViewer, but with all live roles of an account at once, and read-only: for what is told over all of them ("Ongelezen"). The rule is the
 * same; the database enters the audiences of every role together. An account without a live role sees nothing.
 */
export async function readAsAccount<T>({ accountId }: Pick<ViewerIdentity, "accountId">, read: (reader: Reader) => Promise<T>): Promise<T> {
  const enter = { text: "select enter_account($1::uuid)", values: [accountId] }
  return askTogether("portal_app", enter, (ask) => read({ $queryRaw: (text, ...values) => ask(bound(text, values)) }))
}

/** Runs work that nobody watches (a job, a sign-in) in a transaction that sees everything. The reason stands in the code for the reader. */
export async function asSystem<T>(_reason: SystemReason, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return database("portal_system").$transaction(work)
}

/** Single statements written as SQL, as the system: for the check that stands before every page. */
export function readAsSystem(_reason: SystemReason): Reader {
  return { $queryRaw: (text, ...values) => askOnce("portal_system", bound(text, values)) }
}

/** Single statements without a transaction around them, as the system. */
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
  await closePools()
}

/** Runs a statement that a library made (the job queue's) inside the transaction. Values are bound, never pasted. */
export async function runStatement(tx: Transaction, text: string, values: readonly unknown[]): Promise<{ rows: unknown[] }> {
  const rows: unknown[] = await tx.$queryRawUnsafe(text, ...values)
  return { rows }
}

function entering({ accountId, partyId }: ViewerIdentity): Statement {
  return { text: "select enter_viewer($1::uuid, $2::uuid)", values: [accountId, partyId] }
}

function bound(parts: TemplateStringsArray, values: unknown[]): Statement {
  return { text: parts.reduce((text, part, index) => `${text}$${index}${part}`), values }
}
