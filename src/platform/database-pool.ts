import { createHash } from "node:crypto"
import pg from "pg"
import { addressFor, type DatabaseRole } from "./database-address.ts"
import { env } from "./env.ts"

declare global {
  // One pool per role and process, also when a development server loads this module again.
  var portalPools: Partial<Record<DatabaseRole, pg.Pool>> | undefined
}

const statements = new Map<string, string>()
const mostStatements = 500
const longestStatement = 4000
const dateOid = 1082
const bigintOid = 20

/** The connections of one role. In pipeline mode, so that statements asked for at once travel at once. */
export function poolOf(role: DatabaseRole): pg.Pool {
  const known = (globalThis.portalPools ??= {})
  return (known[role] ??= newPool(role))
}

/** Closes all connections of this process. */
export async function closePools(): Promise<void> {
  const open = Object.values(globalThis.portalPools ?? {})
  globalThis.portalPools = undefined
  await Promise.all(open.map((pool) => pool.end()))
}

/**
 * A named statement is planned once per connection and then kept: the rule behind every row costs more to plan than to run. Lists of any length
 * are not kept. The name follows from the text, because a built server loads this module more than once and its connections are shared.
 */
export function statementName({ sql }: { sql: string }): string {
  const known = statements.get(sql)
  if (known !== undefined) return known
  if (sql.length > longestStatement || statements.size >= mostStatements) return ""
  const name = createHash("sha256").update(sql).digest("base64url")
  statements.set(sql, name)
  return name
}

export type Statement = { text: string; values: unknown[] }

type Ask = <Row>(statement: Statement) => Promise<Row>

/** One statement, in a transaction of its own. */
export async function askOnce<Rows>(role: DatabaseRole, statement: Statement): Promise<Rows> {
  return rowsOf(poolOf(role), statement)
}

/**
 * A transaction of statements written as SQL: `enter` first, then what `work` asks. What that asks for before it first waits travels together
 * with the entering. All of it happens, or none.
 */
export async function askTogether<T>(role: DatabaseRole, enter: Statement, work: (ask: Ask) => Promise<T>): Promise<T> {
  const client = await poolOf(role).connect()
  let lost: Error | undefined
  try {
    const asked = inOneWrite(client, () => [Promise.all([client.query("BEGIN"), rowsOf(client, enter)]), orRejected(() => work((statement) => rowsOf(client, statement)))] as const)
    const [entered, worked] = await Promise.allSettled(asked)
    if (entered.status === "rejected") throw entered.reason
    if (worked.status === "rejected") throw worked.reason
    await client.query("COMMIT")
    return worked.value
  } catch (error) {
    await client.query("ROLLBACK").catch((reason: Error) => (lost = reason))
    throw error
  } finally {
    client.release(lost)
  }
}

/**
 * As askTogether, for work that asks all it will ask before it first waits: the end of the transaction travels along, so that it is one way to the
 * database and back. Asking later throws.
 */
export async function askAtOnce<T>(role: DatabaseRole, enter: Statement, work: (ask: Ask) => Promise<T>): Promise<T> {
  const client = await poolOf(role).connect()
  let lost: Error | undefined
  try {
    const asked = inOneWrite(client, () => {
      let isSent = false
      const ask: Ask = (statement) => {
        if (isSent) throw new Error("What is asked at once is asked before anything is waited for")
        return rowsOf(client, statement)
      }
      const all = [Promise.all([client.query("BEGIN"), rowsOf(client, enter)]), orRejected(() => work(ask)), client.query("COMMIT").catch((reason: Error) => Promise.reject((lost = reason)))] as const
      isSent = true
      return all
    })
    const [entered, worked, ended] = await Promise.allSettled(asked)
    for (const step of [entered, worked, ended]) if (step.status === "rejected") throw step.reason
    return await asked[1]
  } finally {
    client.release(lost)
  }
}

/** Work that throws at once is as work that rejects: what was sent before it is still waited for, and its transaction ended. */
async function orRejected<T>(work: () => Promise<T>): Promise<T> {
  return work()
}

/** What `ask` sends leaves together when it returns: each statement would be a packet of its own. */
function inOneWrite<T>(client: pg.PoolClient, ask: () => T): T {
  const { stream } = client.connection
  stream.cork()
  try {
    return ask()
  } finally {
    stream.uncork()
  }
}

/** Values as Prisma gives them too: a day is midnight in UTC, and a number of eight bytes a bigint. */
const types = {
  getTypeParser(oid: number, format?: "text" | "binary") {
    if (oid === dateOid) return (text: string) => new Date(text)
    if (oid === bigintOid) return BigInt
    return pg.types.getTypeParser(oid, format)
  },
}

async function rowsOf<Rows>(connection: pg.Pool | pg.PoolClient, statement: Statement): Promise<Rows>
async function rowsOf(connection: pg.Pool | pg.PoolClient, { text, values }: Statement): Promise<unknown> {
  const { rows } = await connection.query({ name: statementName({ sql: text }), text, values, types })
  return rows
}

function newPool(role: DatabaseRole): pg.Pool {
  const pool = new pg.Pool({ connectionString: addressFor(role, env().DATABASE_URL, env().MASTER_KEY), max: 10, pipeline: true })
  // A connection that breaks while it rests is replaced; without a listener it would end the process.
  pool.on("error", () => undefined)
  return pool
}
