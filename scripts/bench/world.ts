import pg from "pg"
import { encode } from "next-auth/jwt"
import { hashSecret, keyFor, newSecret } from "#platform/secrets.ts"

/** Somebody signed in: the header to send along. */
export type SignedIn = { cookie: string; accountId: string; partyId: string; dossierId: string }

const filesPerEmployee = 84
const employersPerOffice = 40

/**
 * Fills an empty database with offices of 40 employers of 24 employees, each with seven years of monthly payslips and three grants a file, until
 * there are `files` files; made by the database itself, without bytes. Only for measuring how pages behave when the total grows.
 */
export async function fillWorld(ownerUrl: string, files: number): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  const employers = Math.max(1, Math.round(files / filesPerEmployee / 24))
  try {
    await owner.query(worldOf(employers))
    await owner.query("vacuum analyze")
  } finally {
    await owner.end()
  }
}

function worldOf(employers: number): string {
  return `
    set session_replication_role = replica;
    create temp table o as select uuidv7() as id, n from generate_series(1, ${Math.ceil(employers / employersPerOffice)}) n;
    create temp table e as select uuidv7() as id, uuidv7() as engagement, o.id as office, e.n from generate_series(1, ${employers}) e (n) join o on o.n = (e.n - 1) / ${employersPerOffice} + 1;
    create temp table w as select uuidv7() as id, uuidv7() as dossier, e.id as employer, e.engagement, e.office, m as n from e, generate_series(1, 24) m;
    insert into audience select id, 'office'::audience_kind from o union all select id, 'employer' from e union all select engagement, 'engagement' from e union all select id, 'employee' from w;
    insert into office (id, client_number, name) select id, (700000 + n)::text, 'Kantoor ' || n from o;
    insert into employer (id, name, wage_tax_number, overviews_id) select id, 'Werkgever ' || n, lpad(n::text, 9, '0') || 'L01', uuidv7() from e;
    insert into audience select overviews_id, 'overviews' from employer join e using (id);
    insert into engagement (id, office_id, employer_id) select engagement, office, id from e;
    insert into employee (id, employer_id, number, initials, surname, sort_key) select id, employer, n::text, 'A', 'Naam ' || n, 'naam ' || n from w;
    insert into dossier (id, owner_id, employer_id) select dossier, id, employer from w;
    insert into dossier_key (dossier_id, recipient, wrapped_identity) select dossier, '-', '' from w;
    insert into dossier_file (id, dossier_id, employer_id, origin, kind, year, period, period_kind, media_type, size, sha256, storage_key, sender_id, sender_name)
      select uuidv7(), w.dossier, w.employer, 'payroll', 'payslip', 2020 + (m - 1) / 12, 1 + (m - 1) % 12, 'month', 'application/pdf', 60000, '', gen_random_uuid()::text, w.office, 'Kantoor'
      from w, generate_series(1, ${filesPerEmployee}) m;
    insert into file_grant (id, file_id, audience_id, employer_id, reason, starts_at)
      select uuidv7(), f.id, a.id, f.employer_id, a.reason::grant_reason, now()
      from dossier_file f join w on w.dossier = f.dossier_id, lateral (values (w.id, 'placed'), (w.employer, 'delivered'), (w.engagement, 'delivered')) a(id, reason);
    set session_replication_role = default`
}

/** Signs an employee in by writing the session down, and makes the cookie that goes with it. Without an id: some employee of the world. */
export async function signInEmployee(ownerUrl: string, masterKey: string, employeeId?: string): Promise<SignedIn> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  const secret = newSecret()
  const { rows } = await owner.query<Omit<SignedIn, "cookie">>(
    `with party as (select e.id, d.id as dossier from employee e join dossier d on d.owner_id = e.id where $1::uuid is null or e.id = $1 limit 1),
       person as (insert into account (id, username) select uuidv7(), uuidv7()::text from party returning id),
       role as (insert into account_role (id, account_id, party_id) select uuidv7(), person.id, party.id from person, party),
       session as (insert into session (id, account_id, party_id, secret_hash, expires_at)
         select uuidv7(), person.id, party.id, $2, now() + interval '1 day' from person, party)
     select person.id as "accountId", party.id as "partyId", party.dossier as "dossierId" from person, party`,
    [employeeId ?? null, Buffer.from(hashSecret(secret))],
  )
  await owner.end()
  const [row] = rows
  if (!row) throw new Error("There is no employee to sign in")
  const token = await encode({ token: { sid: secret }, secret: keyFor("cookie", masterKey).toString("base64url"), salt: "sessie" })
  return { ...row, cookie: `sessie=${token}` }
}
