import { randomUUID } from "node:crypto"
import pg from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { databaseRoles } from "#platform/database-address.ts"
import { asSystem, asSystemOnce, asViewer, closeDatabase, databaseAnswers, readAtOnce, type Reader } from "#platform/database.ts"
import { migrate } from "#platform/migrate.ts"
import { closeQueue, enqueue } from "#platform/queue.ts"
import { useDatabase } from "../support/database.ts"

const database = useDatabase()
const [account, employerId, otherId] = [randomUUID(), randomUUID(), randomUUID()]
const viewer = { accountId: account, partyId: employerId }
let owner: pg.Client

beforeAll(async () => {
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  const ids = [employerId, otherId, randomUUID(), randomUUID()]
  await owner.query("insert into audience (id, kind) values ($1, 'employer'), ($2, 'employer'), ($3, 'overviews'), ($4, 'overviews')", ids)
  await owner.query("insert into employer (id, name, wage_tax_number, overviews_id) values ($1, 'Bakkerij', '1', $3), ($2, 'Slagerij', '2', $4)", ids)
  await owner.query("insert into account (id, username) values ($1, 'werkgever@bakkerij.test')", [account])
  await owner.query("insert into account_role (id, account_id, party_id) values (gen_random_uuid(), $1, $2)", [account, employerId])
})
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
  await owner.end()
})

const seenBy = (who: { accountId: string; partyId: string }) => asViewer(who, (tx) => tx.employer.findMany({ select: { id: true } }))

describe("what a viewer asks at once", () => {
  const seen = (reader: Reader) => reader.$queryRaw<{ id: string }[]>`select id from employer`
  const note = (reader: Reader) => reader.$queryRaw<unknown[]>`select set_config('portal.noted', 'yes', false)`

  test("is seen as in any transaction of that viewer, and leaves nothing behind on its connection", async () => {
    const settings = (reader: Reader) => reader.$queryRaw<{ said: string }[]>`select concat(viewer_account(), viewer_party()) as said`
    expect(await readAtOnce(viewer, (reader) => Promise.all([seen(reader), settings(reader)]))).toEqual([[{ id: employerId }], [{ said: account + employerId }]])
    expect(await Promise.all(Array.from({ length: 20 }, () => readAtOnce({ accountId: otherId, partyId: otherId }, seen)))).toEqual(Array(20).fill([]))
  })

  test("takes everything back when a part of it fails, and the connection goes on", async () => {
    const failing = readAtOnce(viewer, (reader) => Promise.all([note(reader), reader.$queryRaw`select 1 / 0`, seen(reader)]))
    await expect(failing).rejects.toThrow("division by zero")
    const noted = await Promise.all(Array.from({ length: 20 }, () => readAtOnce(viewer, (reader) => reader.$queryRaw<{ noted: string | null }[]>`select nullif(current_setting('portal.noted', true), '') as noted`)))
    expect(noted).toEqual(Array(20).fill([{ noted: null }]))
  })

  test("that breaks before it is all asked leaves no open transaction on its connection", async () => {
    const broken = (reader: Reader): Promise<unknown> => {
      void seen(reader).catch(() => undefined)
      throw new Error("before anything was waited for")
    }
    await Promise.all(Array.from({ length: 20 }, () => expect(readAtOnce(viewer, broken)).rejects.toThrow("before anything was waited for")))
    const open = await owner.query<{ count: number }>("select count(*)::int as count from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'")
    expect(open.rows).toEqual([{ count: 0 }])
    expect(await asSystemOnce("operate").$queryRaw`select 1 as one`).toEqual([{ one: 1 }])
  })

  test("is the asker's own when many fail in the middle, over few connections", async () => {
    const who = (reader: Reader) => reader.$queryRaw<{ said: string }[]>`select concat(viewer_account(), viewer_party()) as said`
    const asked = await Promise.allSettled(
      Array.from({ length: 200 }, (_, n) => {
        const mine = n % 2 === 0 ? viewer : { accountId: otherId, partyId: otherId }
        return readAtOnce(mine, (reader) => Promise.all([who(reader), n % 3 === 0 ? reader.$queryRaw`select 1 / 0` : seen(reader), who(reader)]))
      }),
    )
    const ours = [{ said: account + employerId }]
    const told = asked.map((one) => (one.status === "rejected" ? "failed" : one.value))
    expect(told).toEqual(asked.map((_, n) => (n % 3 === 0 ? "failed" : n % 2 === 0 ? [ours, [{ id: employerId }], ours] : [[{ said: "" }], [], [{ said: "" }]])))
  })

  test("is refused when it asks more after waiting", async () => {
    await expect(readAtOnce(viewer, async (reader) => [await seen(reader), await seen(reader)])).rejects.toThrow("asked at once")
    expect(await readAtOnce(viewer, seen)).toEqual([{ id: employerId }])
  })
})

describe("a viewer's transaction", () => {
  test("shows what the viewer may see", async () => {
    expect(await seenBy(viewer)).toEqual([{ id: employerId }])
  })

  test.each([
    ["an account without a role for that party", { accountId: account, partyId: otherId }],
    ["an account that does not exist", { accountId: otherId, partyId: employerId }],
  ])("shows nothing to %s", async (_who, who) => {
    expect(await seenBy(who)).toEqual([])
  })

  test("refuses an id that is no id", async () => {
    await expect(seenBy({ accountId: "' or true", partyId: employerId })).rejects.toThrow()
  })

  test("leaves nothing behind for the next one on the same connection", async () => {
    const connections = await Promise.all(
      Array.from({ length: 20 }, () => asViewer(viewer, (tx) => tx.$queryRaw<{ pid: number }[]>`select pg_backend_pid() as pid`)),
    )
    const after = await Promise.all(
      Array.from({ length: 20 }, () =>
        asViewer(
          { accountId: otherId, partyId: otherId },
          (tx) =>
            tx.$queryRaw<{ pid: number; seen: number; settings: string }[]>`
        select pg_backend_pid() as pid, (select count(*)::int from employer) as seen,
          concat(viewer_account(), viewer_party(), viewer_workplace()) as settings`,
        ),
      ),
    )
    const used = new Set(connections.flat().map((one) => one.pid))
    expect(after.flat().some((one) => used.has(one.pid))).toBe(true)
    expect(after.flat().map((one) => [one.seen, one.settings])).toEqual(Array.from({ length: 20 }, () => [0, ""]))
  })

  test("that fails takes everything back, the jobs it left too", async () => {
    const employee = randomUUID()
    const attempt = asViewer(viewer, async (tx) => {
      await tx.audience.createMany({ data: [{ id: employee, kind: "employee" }] })
      await enqueue(tx, "send-mail", [{ mailId: employee }])
      throw new Error("halfway")
    })
    await expect(attempt).rejects.toThrow("halfway")
    expect(await traces(employee)).toEqual({ rows: 0, jobs: 0 })
  })

  test("that succeeds keeps all of it", async () => {
    const employee = randomUUID()
    await asViewer(viewer, async (tx) => {
      await tx.audience.createMany({ data: [{ id: employee, kind: "employee" }] })
      await enqueue(tx, "send-mail", [{ mailId: employee }])
    })
    expect(await traces(employee)).toEqual({ rows: 1, jobs: 1 })
  })
})

describe("the system's transaction", () => {
  test("sees all, and takes all back when it fails, jobs too", async () => {
    const party = randomUUID()
    const attempt = asSystem("operate", async (tx) => {
      expect(await tx.employer.count()).toBe(2)
      await tx.audience.createMany({ data: [{ id: party, kind: "office" }] })
      await enqueue(tx, "send-mail", [{ mailId: party }])
      throw new Error("halfway")
    })
    await expect(attempt).rejects.toThrow("halfway")
    expect(await traces(party)).toEqual({ rows: 0, jobs: 0 })
  })

  test("can be left out for one look", async () => {
    expect(await asSystemOnce("operate").employer.count()).toBe(2)
  })
})

test("the database says that it answers", async () => {
  expect(await databaseAnswers()).toBe(true)
})

describe("migrating", () => {
  test("again, and twice at once, changes nothing", { timeout: 120_000 }, async () => {
    const before = await shape()
    await migrate(database.ownerUrl, database.masterKey)
    await Promise.all([migrate(database.ownerUrl, database.masterKey), migrate(database.ownerUrl, database.masterKey)])
    expect(await shape()).toEqual(before)
    expect(await seenBy(viewer)).toEqual([{ id: employerId }])
  })

  test("an empty database, twice at once, makes it once", { timeout: 120_000 }, async () => {
    const address = new URL(database.ownerUrl)
    const name = `${address.pathname.slice(1)}_empty`
    address.pathname = name
    await owner.query(`create database ${name}`)
    try {
      await Promise.all([migrate(address.href, database.masterKey), migrate(address.href, database.masterKey)])
      const fresh = new pg.Client({ connectionString: address.href })
      await fresh.connect()
      const { rows } = await fresh
        .query("select migration_name from _prisma_migrations where finished_at is not null and rolled_back_at is null order by migration_name")
        .finally(() => fresh.end())
      expect(rows).toEqual((await owner.query("select migration_name from _prisma_migrations order by migration_name")).rows)
    } finally {
      await owner.query(`drop database ${name} with (force)`)
    }
  })

  test.each(databaseRoles)("makes %s a role that cannot step over the rules", async (role) => {
    const { rows } = await owner.query(
      `select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as "isPrivileged", rolcanlogin as "canLogin",
         (select count(*)::int from pg_class c where c.relowner = r.oid) as owns,
         (select count(*)::int from pg_auth_members m where m.member = r.oid) as "memberOf"
       from pg_roles r where rolname = $1`,
      [role],
    )
    expect(rows).toEqual([{ isPrivileged: false, canLogin: true, owns: 0, memberOf: 0 }])
  })

  test("puts row-level security on every table of ours", async () => {
    const { rows } = await owner.query(
      "select relname from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relrowsecurity",
    )
    expect(rows).toEqual([{ relname: "_prisma_migrations" }])
  })

  test("gives the application's role nothing on a table without a policy for it", async () => {
    const { rows } = await owner.query(
      `select distinct table_name from information_schema.column_privileges where grantee = 'portal_app' and table_schema = 'public'
       except select tablename from pg_policies where 'portal_app' = any (roles)`,
    )
    expect(rows).toEqual([])
  })

  test("gives the public nothing, and no function that steps out of its caller's rights", async () => {
    const tables = await owner.query(
      "select table_name from information_schema.table_privileges where grantee = 'PUBLIC' and table_schema in ('public', 'pgboss')",
    )
    expect(tables.rows).toEqual([])
    const functions = await owner.query(
      `select proname from pg_proc p, aclexplode(coalesce(proacl, acldefault('f', proowner))) a
       where prosecdef and pronamespace in ('public'::regnamespace, 'pgboss'::regnamespace) and a.grantee = 0`,
    )
    expect(functions.rows).toEqual([])
  })
})

async function traces(id: string): Promise<{ rows: number; jobs: number } | undefined> {
  const { rows } = await owner.query<{ rows: number; jobs: number }>(
    `select (select count(*)::int from audience where id = $1::uuid) as rows,
       (select count(*)::int from pgboss.job where data ->> 'mailId' = $1::text) as jobs`,
    [id],
  )
  return rows[0]
}

/** What a database is: its migrations, tables with their columns, policies, functions, queues and rights. */
async function shape(): Promise<unknown> {
  const questions = [
    "select migration_name, checksum, finished_at from _prisma_migrations order by 1",
    `select table_schema, table_name, column_name, data_type, column_default from information_schema.columns
     where table_schema in ('public', 'pgboss') order by 1, 2, 3`,
    "select tablename, policyname, roles::text, cmd, qual, with_check from pg_policies order by 1, 2",
    "select proname, md5(pg_get_functiondef(oid)) from pg_proc where pronamespace = 'public'::regnamespace and prokind = 'f' order by 1, 2",
    "select name, retry_limit, retry_delay, expire_seconds from pgboss.queue order by 1",
    `select grantee, table_name, column_name, privilege_type from information_schema.column_privileges
     where grantee like 'portal_%' order by 1, 2, 3, 4`,
    "select count(*) from audience",
  ]
  const answers = []
  for (const question of questions) answers.push((await owner.query(question)).rows)
  return answers
}
