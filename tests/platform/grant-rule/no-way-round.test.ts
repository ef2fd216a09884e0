import type pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { useDatabase } from "../../support/database.ts"
import { attempt, employee, enterSmallWorld, notAllowed, office } from "./small-world.ts"

const database = useDatabase()
let app: pg.Client

beforeAll(async () => {
  app = await enterSmallWorld(database)
})
afterAll(() => app.end())

test.each([
  ["nobody reads the secret of a session, not even of the own one", employee, "select secret_hash from session"],
  ["nobody reads what a session is confirmed by", employee, "select confirmed_at from session"],
  ["nobody reads the secret of a code app", employee, "select from totp"],
  ["nobody reads recovery codes", employee, "select from recovery_code"],
  ["nobody reads passkeys", employee, "select from passkey"],
  ["nobody reads what waits for a second step", employee, "select from pending_sign_in"],
  ["nobody reads invitations", office, "select from invitation"],
  ["nobody reads known browsers", office, "select from known_device"],
  ["nobody reads password links", employee, "select from password_link"],
  ["nobody reads to whom a mail goes", office, "select to_address from mail"],
  ["nobody reads whose account a mail is for", office, "select account_id from mail"],
  ["nobody reads what a mail tells", office, "select sealed from mail"],
  ["nobody writes a mail", office, "update mail set state = 'sent'"],
  ["nobody reads wrong tries", office, "select from attempt"],
  ["nobody reads the audit events", office, "select from audit_event"],
  ["nobody reads the heads of the audit chains", office, "select from audit_chain"],
  [
    "nobody writes audit events past record_event",
    office,
    "insert into audit_event (chain_id, seq, at, kind, details, hash) values (gen_random_uuid(), 1, now(), 'x', '{}', '')",
  ],
  ["nobody walks a chain", office, "select first_break(gen_random_uuid())"],
  ["nobody reads which migrations ran", office, "select from _prisma_migrations"],
  ["nobody becomes the system", office, "set role portal_system"],
  ["nobody becomes the owner", office, "set role postgres"],
  ["nobody logs in anew as the system", office, "set session authorization portal_system"],
  ["nobody takes the policies away", office, "alter table dossier_file disable row level security"],
  ["nobody makes a policy", office, "create policy all_mine on dossier_file using (true)"],
  ["nobody makes a table or function", office, "create function mine() returns int language sql as 'select 1'"],
  ["nobody leaves the policies out", office, "set local row_security = off; select from dossier_file"],
])("%s", async (_title, who, statement) => {
  expect(await attempt(app, who, statement)).toBe(notAllowed)
})
