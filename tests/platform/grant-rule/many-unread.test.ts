import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { countUnread, findUnread } from "#domain/files/unread-repository.ts"
import { closeDatabase, readAsAccount, type Reader } from "#platform/database.ts"
import { useDatabase } from "../../support/database.ts"
import { openAsApp } from "./look.ts"

const database = useDatabase()
let accountId = ""
let app: pg.Client

/** One office with 250 clients, each of which shared 200 files with it: 50,000 unread.. */
const muchUnread = `
  create temp table contract as select e as nr, gen_random_uuid() as id, gen_random_uuid() as employer, gen_random_uuid() as overviews from generate_series(1, 250) e;
  create temp table head as select gen_random_uuid() as office, gen_random_uuid() as account;
  insert into audience select office, 'office'::audience_kind from head union all select id, 'engagement' from contract union all select employer, 'employer' from contract
    union all select overviews, 'overviews' from contract;
  insert into office (id, client_number, name) select office, 'K1', 'Kantoor' from head;
  insert into account (id, username) select account, 'K1' from head;
  insert into account_role (id, account_id, party_id) select gen_random_uuid(), account, office from head;
  insert into employer (id, name, wage_tax_number, overviews_id) select employer, 'Werkgever', nr::text, overviews from contract;
  insert into engagement (id, office_id, employer_id) select c.id, office, employer from head, contract c;
  insert into dossier (id, owner_id, employer_id) select gen_random_uuid(), employer, employer from contract;
  insert into dossier_file (id, dossier_id, employer_id, origin, kind, name, media_type, size, sha256, storage_key, sender_id, sender_name, created_at)
    select gen_random_uuid(), d.id, d.employer_id, 'own', 'other', 'stuk', 'application/pdf', 1, '', gen_random_uuid(), d.employer_id, '', now() - n * interval '1 hour' - random() * interval '1 hour'
    from dossier d, generate_series(1, 200) n;
  insert into file_grant (id, file_id, audience_id, employer_id, reason, starts_at)
    select gen_random_uuid(), f.id, f.employer_id, f.employer_id, 'placed'::grant_reason, f.created_at from dossier_file f union all
    select gen_random_uuid(), f.id, c.id, f.employer_id, 'shared', f.created_at from dossier_file f join contract c on c.employer = f.employer_id;
  analyze`

beforeAll(async () => {
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await owner.query(muchUnread)
  accountId = (await owner.query<{ account: string }>("select account from head")).rows[0]?.account ?? ""
  await owner.end()
  app = await openAsApp(database)
}, 120_000)
afterAll(async () => {
  await app.end()
  await closeDatabase()
})

/** What a repository asks, answered by how Postgres goes about it. */
async function planOf(ask: (reader: Reader) => Promise<unknown>): Promise<string> {
  let plan = ""
  const told: Reader = {
    $queryRaw: async (parts, ...values) => {
      const text = parts.reduce((before, part, index) => `${before}$${index}${part}`)
      const { rows } = await app.query<{ "QUERY PLAN": string }>(`explain (analyze, buffers, timing off) ${text}`, values)
      plan = rows.map((row) => row["QUERY PLAN"]).join("\n")
      throw new Error("explained")
    },
  }
  await app.query("begin")
  await app.query("select enter_account($1)", [accountId])
  await ask(told).catch((error: unknown) => expect(String(error)).toContain("explained"))
  await app.query("rollback")
  return plan
}

const pagesRead = (plan: string) => {
  const [, hit = 0, read = 0] = /Buffers: shared hit=(\d+)(?: read=(\d+))?/.exec(plan) ?? []
  return Number(hit) + Number(read)
}

test("a page of fifty thousand unread files is the hundred newest, and the next begins where it ended", async () => {
  const [first, second] = await readAsAccount({ accountId }, async (reader) => {
    const page = await findUnread(reader, null, 101)
    return [page, await findUnread(reader, page[99]?.place ?? null, 101)]
  })
  const moments = [...(first ?? []).slice(0, 100), ...(second ?? [])].map(({ place }) => place.at.getTime())
  expect(moments).toEqual([...moments].sort((one, other) => other - one))
  expect(first?.[100]?.id).toBe(second?.[0]?.id)
  expect(new Set([...(first ?? []), ...(second ?? [])].map(({ id }) => id)).size).toBe(201)
})

test("a page reads a small part of what is unread, and the count stops at a hundred", async () => {
  expect(await readAsAccount({ accountId }, (reader) => countUnread(reader, 100))).toBe(100)
  const page = await planOf((reader) => findUnread(reader, null, 101))
  expect(page).not.toMatch(/Seq Scan on (file_grant|dossier_file)|hashed SubPlan/)
  expect(pagesRead(page)).toBeLessThan(30_000)
  const count = await planOf((reader) => countUnread(reader, 100))
  expect(pagesRead(count)).toBeLessThan(3_000)
})
