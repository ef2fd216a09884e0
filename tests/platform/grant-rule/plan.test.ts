import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { useDatabase } from "../../support/database.ts"
import { inTransaction, openAsApp } from "./look.ts"
import type { Claim } from "./oracle.ts"

const database = useDatabase()
let owner: pg.Client
let app: pg.Client
let office: Claim
let dossierId: string
let fileId: string

/** One office with 300 clients of ten employees each, eleven payslips for everybody: 33,000 files, 99,000 grants. */
const largeOffice = `
  create temp table staff as select e as employer, p as person, gen_random_uuid() as id
    from generate_series(1, 300) e, generate_series(0, 10) p;
  create temp table contract as select e as employer, gen_random_uuid() as id, gen_random_uuid() as overviews from generate_series(1, 300) e;
  create temp table head as select gen_random_uuid() as office, gen_random_uuid() as account;
  insert into audience select office, 'office'::audience_kind from head union all select id, 'engagement' from contract
    union all select id, case when person = 0 then 'employer' else 'employee' end::audience_kind from staff union all select overviews, 'overviews' from contract;
  insert into office (id, client_number, name) select office, 'K1', 'Kantoor' from head;
  insert into account (id, username) select account, 'K1' from head;
  insert into account_role (id, account_id, party_id) select gen_random_uuid(), account, office from head;
  insert into employer (id, name, wage_tax_number, overviews_id) select s.id, 'Werkgever', employer::text, overviews from staff s join contract using (employer) where person = 0;
  insert into engagement (id, office_id, employer_id)
    select c.id, office, s.id from head, contract c join staff s on s.employer = c.employer and s.person = 0;
  insert into employee (id, employer_id, number, initials, surname, sort_key)
    select s.id, b.id, s.person, '', 'Werknemer', ''
    from staff s join staff b on b.employer = s.employer and b.person = 0 where s.person > 0;
  insert into dossier (id, owner_id, employer_id)
    select gen_random_uuid(), s.id, b.id from staff s join staff b on b.employer = s.employer and b.person = 0;
  insert into dossier_key (dossier_id, recipient, wrapped_identity) select id, 'age1', '' from dossier;
  insert into dossier_file
      (id, dossier_id, employer_id, origin, kind, year, period, media_type, size, sha256, storage_key, sender_id, sender_name)
    select gen_random_uuid(), d.id, d.employer_id, 'payroll', 'payslip', 2025 + period % 2, period, 'application/pdf', 1, '',
      gen_random_uuid(), office, ''
    from head, employee e join dossier d on d.owner_id = e.id, generate_series(1, 11) period;
  insert into file_grant (id, file_id, audience_id, employer_id, reason, starts_at)
    select gen_random_uuid(), f.id, sight.audience, f.employer_id, sight.reason::grant_reason, now() - interval '1 day'
    from dossier_file f join dossier d on d.id = f.dossier_id join engagement e on e.employer_id = f.employer_id,
      lateral (values (d.owner_id, 'placed'), (e.employer_id, 'delivered'), (e.id, 'delivered')) as sight(audience, reason);
  analyze`

beforeAll(async () => {
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await owner.query(largeOffice)
  const found = await owner.query<Claim & { dossierId: string; fileId: string }>(
    `select account as "accountId", office as "partyId", f.dossier_id as "dossierId", f.id as "fileId" from head, dossier_file f limit 1`,
  )
  const [row] = found.rows
  if (!row) throw new Error("The office was not made")
  office = { accountId: row.accountId, partyId: row.partyId }
  dossierId = row.dossierId
  fileId = row.fileId
  app = await openAsApp(database)
}, 60_000)
afterAll(() => Promise.all([owner.end(), app.end()]))

/** How Postgres answers a query of the office, with what it read. */
async function planOf(query: string): Promise<string> {
  const { rows } = await inTransaction<{ "QUERY PLAN": string }>(app, office, `explain (analyze, buffers, timing off) ${query}`)
  return rows.map((row) => row["QUERY PLAN"]).join("\n")
}

const readsAllGrants = /Seq Scan on file_grant|hashed SubPlan/

test.each<[string, () => string]>([
  [
    "the list of a dossier",
    () => `select id, kind from dossier_file where dossier_id = '${dossierId}' and (origin = 'own' or year = 2026) order by period desc`,
  ],
  ["the count of a dossier", () => `select count(*) from dossier_file where dossier_id = '${dossierId}'`],
  ["one file", () => `select id from dossier_file where id = '${fileId}'`],
  ["the years of a dossier", () => `select distinct year from dossier_file where dossier_id = '${dossierId}'`],
  ["the key of a dossier", () => `select wrapped_identity from dossier_key where dossier_id = '${dossierId}'`],
  [
    "the newest that was placed or shared",
    () =>
      `select f.id from file_grant g join dossier_file f on f.id = g.file_id
       where g.reason <> 'delivered' order by g.starts_at desc limit 50`,
  ],
])("%s of one client of a large office is found by index", async (_title, query) => {
  const plan = await planOf(query())
  expect(plan).toMatch(/Index (Only )?Scan using (dossier_file|dossier_key|file_grant)|Bitmap Index Scan on file_grant/)
  expect(plan).not.toMatch(readsAllGrants)
  const pages = /Buffers: shared hit=(\d+)(?: read=(\d+))?/.exec(plan)
  expect(Number(pages?.[1]) + Number(pages?.[2] ?? 0), "pages of 8 kB").toBeLessThan(1000)
})

test("counting all files of a large office looks each up, and reads no table of grants", async () => {
  expect(await planOf("select count(*) from dossier_file")).not.toMatch(readsAllGrants)
}, 60_000)

test("the same rule written with exists reads all grants", async () => {
  const all = "select count(*) from dossier_file"
  await owner.query(
    "alter policy seen_by_grant on dossier_file using (exists (select from file_grant g where g.file_id = dossier_file.id))",
  )
  expect(await planOf(all)).toMatch(readsAllGrants)
}, 60_000)
