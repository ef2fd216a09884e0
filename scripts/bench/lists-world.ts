import pg from "pg"
import { fillWorld } from "./world.ts"

/** Whom the lists are asked for: an employer with 2,000 people, an office with 50,000 unread files, and an employee with 500 files. */
export type ListsWorld = Record<"employer" | "office" | "employee", { accountId: string; partyId: string }>

const tokens = 80

/** Makes a world of `files` files (see world.ts), each with a text, and the three in it for whom the lists are asked. `sought` is the token that ten of the 500 have. */
export async function fillListsWorld(ownerUrl: string, files: number, sought: string): Promise<ListsWorld> {
  await fillWorld(ownerUrl, files)
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    await owner.query(`
      set session_replication_role = replica;
      insert into file_text (file_id, words) select f.id, w.words from dossier_file f,
        (select array_to_tsvector(array_agg(substr(md5(n::text), 1, 10))) as words from generate_series(1, 20) n) w;
      create temp table mine as select uuidv7() as employer, uuidv7() as boss, uuidv7() as dossier, uuidv7() as staff, uuidv7() as clerk, o.id as office, uuidv7() as "officeDossier"
        from office o order by client_number limit 1;
      create temp table w as select uuidv7() as id, n from generate_series(1, 2000) n;
      insert into audience select employer, 'employer'::audience_kind from mine union all select id, 'employee' from w;
      insert into employer (id, name, wage_tax_number, overviews_id) select employer, 'Groot bedrijf', '999990020L99', uuidv7() from mine;
      insert into audience select overviews_id, 'overviews' from mine join employer on id = employer;
      insert into employee (id, employer_id, number, initials, surname, sort_key, contact_email)
        select w.id, employer, n::text, 'A', 'Naam ' || n, 'naam' || n || ' a', 'n' || n || '@test.test' from w, mine;
      insert into dossier (id, owner_id, employer_id) select dossier, w.id, employer from w, mine where n = 1 union all select "officeDossier", office, null from mine;
      insert into dossier_key (dossier_id, recipient, wrapped_identity) select dossier, '-', '' from mine;
      insert into account (id, username) select boss, 'boss' from mine union all select staff, 'staff' from mine union all select clerk, 'clerk' from mine;
      insert into account_role (id, account_id, party_id) select uuidv7(), boss, employer from mine union all select uuidv7(), clerk, office from mine
        union all select uuidv7(), staff, w.id from mine, w where n = 1;
      create temp table f as select uuidv7() as id, n, case when n <= 500 then dossier else "officeDossier" end as dossier from generate_series(1, 50500) n, mine;
      insert into dossier_file (id, dossier_id, employer_id, origin, kind, year, period, period_kind, media_type, size, sha256, storage_key, sender_id, sender_name)
        select f.id, f.dossier, employer, 'payroll', 'payslip', 2000 + n % 20, 1 + n % 12, 'month', 'application/pdf', 60000, '', gen_random_uuid()::text, office, 'Kantoor' from f, mine;
      insert into file_grant (id, file_id, audience_id, employer_id, reason, starts_at)
        select uuidv7(), f.id, case when f.n <= 500 then w.id else office end, employer, 'placed', now() - f.n * interval '1 minute' from f, mine, w where w.n = 1;
    `)
    await owner.query(
      `insert into file_text (file_id, words) select id, (select array_to_tsvector(array_agg(substr(md5((f.n * ${tokens} + k)::text), 1, 10)) || case when f.n % 50 = 0 then array[$1] else '{}' end)
         from generate_series(1, ${tokens}) k) from f where n <= 500`,
      [sought],
    )
    await owner.query("set session_replication_role = default")
    const { rows } = await owner.query<Record<"employer" | "boss" | "staff" | "office" | "clerk" | "employee", string>>("select mine.*, w.id as employee from mine, w where w.n = 1")
    await owner.query("vacuum analyze")
    const [row] = rows
    if (!row) throw new Error("The world was not made")
    return {
      employer: { accountId: row.boss, partyId: row.employer },
      office: { accountId: row.clerk, partyId: row.office },
      employee: { accountId: row.staff, partyId: row.employee },
    }
  } finally {
    await owner.end()
  }
}
