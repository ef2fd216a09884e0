import pg from "pg"
import { addressFor } from "#platform/database-address.ts"
import type { TestDatabase } from "../../support/database.ts"
import { things, type Claim, type Sight, type Thing } from "./oracle.ts"

const sources = {
  audience: "id from audience",
  office: "id from office",
  employer: "id from employer",
  engagement: "id from engagement",
  employee: "id from employee",
  account: "id from account",
  role: "id from account_role",
  client: "role_id::text || employer_id from role_client",
  dossier: "id from dossier",
  key: "dossier_id from dossier_key",
  file: "id from dossier_file",
  grant: "id from file_grant",
  read: "file_id from file_read",
  delivery: "id from delivery",
  upload: "id from delivery_upload",
  item: "id from delivery_item",
  round: "id from approval_round",
  move: "id from office_move",
  link: "id from address_link",
  usage: "dossier_id from dossier_usage",
  withdrawal: "file_id from withdrawal",
  receiver: "file_id::text || audience_id from withdrawal_receiver",
} as const satisfies Record<Thing, string>

/** A connection as the application's own role. */
export async function openAsApp({ ownerUrl, masterKey }: TestDatabase): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: addressFor("portal_app", ownerUrl, masterKey) })
  await client.connect()
  await client.query(`prepare sight as select ${things.map((thing) => `array(select ${sources[thing]})::text[] as "${thing}"`).join(", ")}`)
  return client
}

/** Everything the database shows to a claim, in one transaction; without a claim, what it shows when nobody entered. */
export async function look(client: pg.Client, claim: Claim | null): Promise<Sight> {
  const { rows } = await inTransaction<Sight>(client, claim, "execute sight")
  const [row] = rows
  if (!row) throw new Error("The database gave no answer")
  for (const thing of things) row[thing].sort()
  return row
}

/** Runs one statement, without parameters, the way asViewer does; all in one round trip. */
export async function inTransaction<Row extends pg.QueryResultRow>(
  client: pg.Client,
  claim: Claim | null,
  statement: string,
): Promise<pg.QueryResult<Row>> {
  const enter = claim ? `select enter_viewer('${claim.accountId}', '${claim.partyId}')` : "select null"
  const answers: unknown = await client.query<Row>(`begin; ${enter}; ${statement}; commit`)
  if (!Array.isArray(answers)) throw new Error("Postgres answers each statement")
  return answers[2]
}

/** Which of these claims the database believes: those that enter as anybody at all. Policies go by nothing but these five settings. */
export async function entering(client: pg.Client, claims: readonly Claim[]): Promise<Claim[]> {
  const { rows } = await client.query<Claim & { isNobody: boolean }>(
    `select account::text as "accountId", party::text as "partyId", viewer_account() is null and viewer_party() is null
            and viewer_workplace() is null and viewer_audiences() = '{}' and viewer_employers() = '{}' as "isNobody"
     from unnest($1::uuid[], $2::uuid[]) as claim(account, party) cross join lateral (select enter_viewer(account, party)) as entered`,
    [claims.map((one) => one.accountId), claims.map((one) => one.partyId)],
  )
  return rows.filter((one) => !one.isNobody)
}
