import { createHash, randomUUID } from "node:crypto"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { addressFor } from "#platform/database-address.ts"
import { useDatabase } from "../support/database.ts"

const database = useDatabase()
const account = randomUUID()
const party = randomUUID()
const somebodyElse = randomUUID()

let owner: pg.Client
let app: pg.Client
let system: pg.Client

beforeAll(async () => {
  const { ownerUrl, masterKey } = database
  owner = await connect(ownerUrl)
  app = await connect(addressFor("portal_app", ownerUrl, masterKey))
  system = await connect(addressFor("portal_system", ownerUrl, masterKey))
  await owner.query("insert into audience (id, kind) values ($1, 'employer')", [party])
  await owner.query("insert into account (id, username) values ($1, 'werkgever@bakkerij.test')", [account])
  await owner.query("insert into account_role (id, account_id, party_id) values (gen_random_uuid(), $1, $2)", [account, party])
})
afterAll(() => Promise.all([owner, app, system].map((client) => client.end())))

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  return client
}

async function record(client: pg.Client, chainId: string, kind = "file.viewed", doer: string | null = null): Promise<void> {
  await client.query('select record_event($1, $2, $3, $3, $4, \'{"how": "view"}\')', [chainId, kind, doer, randomUUID()])
}

async function chainOf(events: number): Promise<string> {
  const chainId = randomUUID()
  for (let nr = 1; nr <= events; nr++) await record(system, chainId)
  return chainId
}

async function firstBreak(chainId: string): Promise<number | null> {
  const { rows } = await system.query<{ broken: number | null }>("select first_break($1) as broken", [chainId])
  return rows[0]?.broken ?? null
}

/** As somebody would who owns the server: with the triggers that refuse it out of the way. */
async function tamper(statement: string, values: unknown[]): Promise<void> {
  await owner.query("set session_replication_role = replica")
  const { rowCount } = await owner.query(statement, values).finally(() => owner.query("set session_replication_role = origin"))
  expect(rowCount, "rows that were tampered with").toBeGreaterThan(0)
}

type EventRow = {
  chain_id: string
  seq: number
  at: Date
  kind: string
  account_id: string | null
  party_id: string | null
  subject_id: string | null
  hash: Buffer
}

async function eventsOf(chainId: string): Promise<EventRow[]> {
  const { rows } = await owner.query<EventRow>(
    "select chain_id, seq, at, kind, account_id, party_id, subject_id, hash from audit_event where chain_id = $1 order by seq",
    [chainId],
  )
  return rows
}

test("in a viewer's transaction the doer is the viewer, whoever was named", async () => {
  const chainId = randomUUID()
  await app.query("begin")
  await app.query("select enter_viewer($1, $2)", [account, party])
  await record(app, chainId, "file.viewed", somebodyElse)
  await app.query("commit")
  expect(await eventsOf(chainId)).toMatchObject([{ seq: 1, kind: "file.viewed", account_id: account, party_id: party }])
})

test("when nobody entered, nobody is the doer", async () => {
  const chainId = randomUUID()
  await record(app, chainId, "file.viewed", somebodyElse)
  expect(await eventsOf(chainId)).toMatchObject([{ account_id: null, party_id: null }])
})

test("the system says who did it", async () => {
  const chainId = randomUUID()
  await record(system, chainId, "account.signed-in", somebodyElse)
  expect(await eventsOf(chainId)).toMatchObject([{ kind: "account.signed-in", account_id: somebodyElse, party_id: somebodyElse }])
})

test("each hash follows from the one before it and the event, so that anybody can check a chain from its rows", async () => {
  const events = await eventsOf(await chainOf(3))
  let before: Uint8Array = new Uint8Array()
  for (const { chain_id, seq, at, kind, account_id, party_id, subject_id, hash } of events) {
    const fields = [chain_id, seq, at.toISOString().slice(0, -1), kind, account_id, party_id, subject_id].map((field) =>
      JSON.stringify(field),
    )
    const text = `[${[...fields, '{"how": "view"}'].join(", ")}]`
    expect(hash.toString("hex")).toBe(createHash("sha256").update(before).update(text).digest("hex"))
    before = hash
  }
})

test.each([
  "update audit_event set kind = 'x'",
  "delete from audit_event",
  "truncate audit_event",
  "update audit_chain set seq = 0",
  "delete from audit_chain",
  "truncate audit_chain",
])("the system may not %s", async (statement) => {
  await expect(system.query(statement)).rejects.toMatchObject({ code: "42501" })
})

test.each(["update audit_event set kind = 'x'", "delete from audit_event", "truncate audit_event"])(
  "even the owner cannot just %s",
  async (statement) => {
    await chainOf(1)
    await expect(owner.query(statement)).rejects.toThrow("append-only")
  },
)

test("fifty events at once on one chain stand in one row without a gap", async () => {
  const chainId = randomUUID()
  const address = addressFor("portal_system", database.ownerUrl, database.masterKey)
  const clients = await Promise.all(Array.from({ length: 10 }, () => connect(address)))
  await Promise.all(
    clients.map(async (client) => {
      for (let nr = 1; nr <= 5; nr++) await record(client, chainId)
      await client.end()
    }),
  )
  expect((await eventsOf(chainId)).map((event) => event.seq)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1))
  expect(await firstBreak(chainId)).toBeNull()
})

test("what is taken back leaves no gap", async () => {
  const chainId = await chainOf(1)
  await system.query("begin")
  await record(system, chainId)
  await system.query("rollback")
  await record(system, chainId)
  expect((await eventsOf(chainId)).map((event) => event.seq)).toEqual([1, 2])
  expect(await firstBreak(chainId)).toBeNull()
})

test("a chain that nobody touched is whole, and so is one that never began", async () => {
  expect(await firstBreak(await chainOf(4))).toBeNull()
  expect(await firstBreak(randomUUID())).toBeNull()
})

test.each<[string, number, string]>([
  ["changed in what happened", 2, "update audit_event set kind = 'file.placed' where chain_id = $1 and seq = 2"],
  ["changed in when", 2, "update audit_event set at = at - interval '1 day' where chain_id = $1 and seq = 2"],
  ["changed in who did it", 3, "update audit_event set account_id = gen_random_uuid() where chain_id = $1 and seq = 3"],
  ["changed for whom", 1, "update audit_event set party_id = gen_random_uuid() where chain_id = $1 and seq = 1"],
  ["changed in what it was about", 4, "update audit_event set subject_id = null where chain_id = $1 and seq = 4"],
  ["changed in its details", 2, "update audit_event set details = '{}' where chain_id = $1 and seq = 2"],
  ["removed from the middle", 2, "delete from audit_event where chain_id = $1 and seq = 2"],
  ["removed at the end", 4, "delete from audit_event where chain_id = $1 and seq = 4"],
  ["removed at the beginning", 1, "delete from audit_event where chain_id = $1 and seq = 1"],
  ["removed, all of them", 1, "delete from audit_event where chain_id = $1"],
  [
    "moved up to hide a gap",
    2,
    `with gone as (delete from audit_event where chain_id = $1 and seq = 4 returning *)
     update audit_event e set kind = gone.kind, subject_id = gone.subject_id, hash = gone.hash
     from gone where e.chain_id = $1 and e.seq = 2`,
  ],
  ["lost its head", 5, "delete from audit_chain where id = $1"],
  ["given another head", 5, "update audit_chain set head = sha256('x') where id = $1"],
  ["given a head that counts further", 5, "update audit_chain set seq = 9 where id = $1"],
])("a chain of four events in which one was %s breaks at %i", async (_how, at, statement) => {
  const chainId = await chainOf(4)
  await tamper(statement, [chainId])
  expect(await firstBreak(chainId)).toBe(at)
})
