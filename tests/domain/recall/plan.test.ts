import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { insertDue } from "#domain/accounts/reminder-repository.ts"
import { findBoardClients, findBoardYears, findOpenParts, findSentParts } from "#domain/deliveries/board-repository.ts"
import { asSystem, closeDatabase, type Reader } from "#platform/database.ts"
import { useDatabase } from "../../support/database.ts"
import { openAsApp } from "../../platform/grant-rule/look.ts"

const database = useDatabase()
const people = 5
let owner: pg.Client
let app: pg.Client

/** One office with 200 clients, half of them paid by the month: a year of payslips for each, a draft for every tenth, and everybody with an account. */
const year = `
  create temp table head as select gen_random_uuid() as office, gen_random_uuid() as account;
  create temp table client as select c as nr, gen_random_uuid() as id, gen_random_uuid() as engagement, gen_random_uuid() as overviews from generate_series(1, 200) c;
  create temp table person as select c.id as employer, p as nr, gen_random_uuid() as id, gen_random_uuid() as account, gen_random_uuid() as dossier from client c, generate_series(1, ${people}) p;
  create temp table round as select c.*, p as period, gen_random_uuid() as delivery, case when c.nr % 2 = 0 then 'month' else 'four-weeks' end as kind
    from client c, generate_series(1, 13) p where p <= 12 or c.nr % 2 = 1;
  insert into audience select office, 'office'::audience_kind from head union all select id, 'employer' from client union all select engagement, 'engagement' from client
    union all select overviews, 'overviews' from client union all select id, 'employee' from person;
  insert into office (id, client_number, name) select office, 'K1', 'Kantoor' from head;
  insert into account (id, username) select account, 'K1' from head;
  insert into account (id, username, password_hash, email) select account, id::text, 'x', nr || '@voorbeeld.test' from person;
  insert into account_role (id, account_id, party_id) select gen_random_uuid(), account, office from head union all select gen_random_uuid(), account, id from person;
  insert into employer (id, name, wage_tax_number, overviews_id) select id, 'Werkgever ' || nr, nr::text, overviews from client;
  insert into engagement (id, office_id, employer_id) select engagement, office, id from head, client;
  insert into employee (id, employer_id, number, initials, surname, sort_key) select id, employer, nr, '', 'Werknemer', '' from person;
  insert into dossier (id, owner_id, employer_id) select dossier, id, employer from person;
  insert into delivery (id, employer_id, audience_id, sender_id, state, created_by, created_at, sent_at)
    select delivery, id, engagement, office, 'sent', account, now() - (13 - period) * interval '28 days', now() from head, round;
  insert into dossier_file (id, dossier_id, employer_id, origin, kind, year, period, period_kind, media_type, size, sha256, storage_key, sender_id, sender_name, delivery_id)
    select gen_random_uuid(), p.dossier, r.id, 'payroll', 'payslip', 2026, r.period, r.kind, 'application/pdf', 1, '', gen_random_uuid(), office, '', r.delivery
    from head, round r join person p on p.employer = r.id;
  insert into file_grant (id, file_id, audience_id, employer_id, reason, starts_at)
    select gen_random_uuid(), f.id, d.owner_id, f.employer_id, 'placed', now() - (13 - f.period) * interval '28 days' - interval '5 days' from dossier_file f join dossier d on d.id = f.dossier_id;
  insert into delivery (id, employer_id, audience_id, sender_id, state, created_by) select gen_random_uuid(), id, engagement, office, 'draft', account from head, client where nr % 10 = 0;
  insert into delivery_upload (id, delivery_id, name, media_type, size, sha256, storage_key) select id, id, '', '', 1, '', id::text from delivery where state = 'draft';
  insert into delivery_item (id, delivery_id, upload_id, position, kind, year, period, period_kind, pages, evidence, media_type, size, sha256, storage_key, dossier_id)
    select gen_random_uuid(), d.id, d.id, n, 'payslip', 2026, 12, 'month', '{1}', '{}', '', 1, '', gen_random_uuid(), d.id from delivery d, generate_series(1, ${people}) n where d.state = 'draft';
  insert into file_read (account_id, file_id) select p.account, f.id from dossier_file f join person p on p.dossier = f.dossier_id where f.period < 13;
  insert into mail (id, kind, account_id, to_address, delivery_id, state) select gen_random_uuid(), 'new-files', p.account, '', r.delivery, case when p.nr = 1 and r.period = 3 then 'failed' else 'sent' end::mail_state
    from round r join person p on p.employer = r.id;
  select tally_delivery(delivery) from round;
  analyze`

beforeAll(async () => {
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await owner.query(year)
  app = await openAsApp(database)
}, 600_000)
afterAll(async () => {
  await Promise.all([owner.end(), app.end()])
  await closeDatabase()
})

/** How many pages of the database the answer took, and which tables were read from end to end. */
async function costOf(ask: (reader: Reader) => Promise<unknown>): Promise<{ pages: number; milliseconds: number; wholly: string[] }> {
  const [head] = (await owner.query<{ office: string; account: string }>("select office, account from head")).rows
  let plan = ""
  const told: Reader = {
    $queryRaw: async (parts, ...values) => {
      const { rows } = await app.query<{ "QUERY PLAN": string }>(`explain (analyze, buffers, timing off) ${parts.reduce((before, part, index) => `${before}$${index}${part}`)}`, values)
      plan = rows.map((row) => row["QUERY PLAN"]).join("\n")
      throw new Error("explained")
    },
  }
  await app.query("begin")
  await app.query("select enter_viewer($1, $2)", [head?.account, head?.office])
  await ask(told).catch((error: unknown) => expect(String(error)).toContain("explained"))
  await app.query("rollback")
  const [top = ""] = /Buffers: [^\n]*/.exec(plan) ?? []
  const pages = [...top.matchAll(/(?:hit|read)=(\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0)
  return { pages, milliseconds: Number(/Execution Time: ([\d.]+)/.exec(plan)?.[1] ?? NaN), wholly: [...plan.matchAll(/Seq Scan on (\w+)/g)].map(([, table = ""]) => table) }
}

test("the board of 200 clients reads a few pages per client, whatever number of people they have: no file, no grant, and no mail that arrived", async () => {
  const [office] = (await owner.query<{ office: string }>("select office from head")).rows
  const asked: ((reader: Reader) => Promise<unknown>)[] = [(reader) => findSentParts(reader, 2026), (reader) => findOpenParts(reader, 2026), (reader) => findBoardClients(reader, office?.office ?? ""), findBoardYears]
  const costs = []
  for (const one of asked) costs.push(await costOf(one))
  if (process.env["SHOW_COSTS"]) console.info(JSON.stringify(costs))
  expect(costs.reduce((sum, one) => sum + one.pages, 0)).toBeLessThan(8_000)
  expect(costs.flatMap((one) => one.wholly).filter((table) => /file|grant|mail/.test(table))).toEqual([])
})

test("who has to be reminded is found among what was placed in those days alone", async () => {
  const day = 86_400_000
  const now = new Date()
  const began = performance.now()
  await asSystem("remind", (tx) => insertDue(tx, [{ from: new Date(now.getTime() - 6 * day), until: new Date(now.getTime() - 4 * day) }], now))
  if (process.env["SHOW_COSTS"]) console.info(`${Math.round(performance.now() - began)} ms`)
  expect((await owner.query("select from reminder_due")).rowCount).toBe(100 * people)
  const found = await owner.query<{ "QUERY PLAN": string }>("explain select file_id from file_grant g where g.reason = 'placed' and g.ended_at is null and g.starts_at > now() - interval '6 days' and g.starts_at <= now() - interval '4 days'")
  expect(found.rows.map((row) => row["QUERY PLAN"]).join("\n")).toContain("file_grant_placed")
})
