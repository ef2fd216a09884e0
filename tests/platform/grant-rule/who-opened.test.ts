import fc from "fast-check"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { findOpenings } from "#domain/files/opening-repository.ts"
import { addressFor } from "#platform/database-address.ts"
import { closeDatabase, readAsViewer } from "#platform/database.ts"
import { useDatabase } from "../../support/database.ts"
import { stories, type World } from "../../support/worlds.ts"
import { actsAs, sightOf, type Claim } from "./oracle.ts"
import { tellWorld } from "./tell-world.ts"
import { writeWorlds } from "./write-worlds.ts"

const database = useDatabase()
const worlds = fc.sample(stories(true), { seed: 11, numRuns: 150 }).map((story) => tellWorld(story, new Date()))

beforeAll(async () => {
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await writeWorlds(owner, worlds).finally(() => owner.end())
  const system = new pg.Client({ connectionString: addressFor("portal_system", database.ownerUrl, database.masterKey) })
  await system.connect()
  const openings = worlds.flatMap((world) => world.files.flatMap((file) => world.roles.map((role) => ({ chain: file.dossierId, file: file.id, account: role.accountId, party: actsAs(world, role) }))))
  await system.query(
    `select record_event(chain, kind, account, party, file, '{}') from jsonb_to_recordset($1) as r (chain uuid, file uuid, account uuid, party uuid),
       unnest(array['file.viewed', 'file.placed', 'file.downloaded']) kind`,
    [JSON.stringify(openings)],
  )
  await system.end()
})
afterAll(closeDatabase)

/** What this one may know: all of it as owner or sender, else what the account did itself for this party; of a file out of sight nothing. */
function known(world: World, claim: Claim, file: World["files"][number]): { all: number; own: number } {
  if (!sightOf(world, claim).file.includes(file.id)) return { all: 0, own: 0 }
  const me = actsAs(world, claim)
  const isItsOwn = file.senderId === me || world.dossiers.some((one) => one.id === file.dossierId && one.ownerId === me)
  return { all: isItsOwn ? 2 * world.roles.length : 2, own: 2 }
}

/** Who was told something else than was theirs to know, and how many were told all, their own, or nothing. */
async function lookAll(): Promise<{ wrong: unknown[]; seen: Record<"all" | "own" | "nothing", number> }> {
  const wrong: unknown[] = []
  const seen = { all: 0, own: 0, nothing: 0 }
  for (const world of worlds) {
    for (const { accountId, partyId } of world.roles) {
      const told = await readAsViewer({ accountId, partyId }, (reader) => Promise.all(world.files.map((file) => findOpenings(reader, file.id, 0, 1000))))
      for (const [index, file] of world.files.entries()) {
        const rows = told[index] ?? []
        const expected = known(world, { accountId, partyId }, file)
        const answer = { all: rows.length, own: rows.filter((row) => row.isOwn).length }
        if (answer.all !== expected.all || answer.own !== expected.own || rows.some((row) => row.total !== expected.all)) wrong.push({ expected, answer })
        seen[expected.all === 0 ? "nothing" : expected.all > 2 ? "all" : "own"] += 1
      }
    }
  }
  return { wrong, seen }
}

test("of every file everybody is told exactly the openings that are theirs to know", async () => {
  const { wrong, seen } = await lookAll()
  expect(wrong).toEqual([])
  expect(Object.values(seen).every((count) => count > 20), JSON.stringify(seen)).toBe(true)
})

test.each([
  ["who asks sees the file", "and g.audience_id = any (viewer_audiences())"],
  ["only its owner and its sender know of everybody's", "and (v_sees_all or (e.account_id = viewer_account() and e.party_id = viewer_party()))"],
  ["placing a file is no opening", "and e.kind in ('file.viewed', 'file.downloaded')"],
])("a rule that is left out is found: %s", async (_title, text) => {
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  const body = (await owner.query<{ body: string }>("select pg_get_functiondef('who_opened'::regproc) as body")).rows[0]?.body ?? ""
  expect(body).toContain(text)
  await owner.query(body.replace(text, ""))
  const { wrong } = await lookAll()
  await owner.query(body)
  await owner.end()
  expect(wrong.length).toBeGreaterThan(0)
})

test("whoever never entered is told nothing, and a page holds no more than was asked", async () => {
  const world = worlds.find((one) => one.files.length > 0)
  const [file] = world?.files ?? []
  const app = new pg.Client({ connectionString: addressFor("portal_app", database.ownerUrl, database.masterKey) })
  await app.connect()
  expect((await app.query("select from who_opened($1, 0, 1000)", [file?.id])).rowCount).toBe(0)
  await expect(app.query("select from audit_event")).rejects.toThrow("permission denied")
  await app.end()
})
