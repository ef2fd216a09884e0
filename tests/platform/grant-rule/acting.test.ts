import fc from "fast-check"
import pg from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { useDatabase } from "../../support/database.ts"
import { stories, type Story, type World } from "../../support/worlds.ts"
import { reachOf, tryIn, type Act, type Outcome } from "./acts.ts"
import { happen, moment, pick } from "./happenings.ts"
import { leavingOut } from "./leaving-out.ts"
import { inTransaction, look, openAsApp } from "./look.ts"
import { grantsOf, sightOf, type Claim } from "./oracle.ts"
import { actForAll, tellWorld } from "./tell-world.ts"
import { writeWorlds } from "./write-worlds.ts"

/** In random worlds without any share, people try things; the database has to answer and to end up as the oracle says. */
const database = useDatabase()
let owner: pg.Client
let app: pg.Client
beforeAll(async () => {
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  app = await openAsApp(database)
})
afterAll(() => Promise.all([owner.end(), app.end()]))

type Kind = Act["kind"] | "share-on"
/** `isNear`: of what is near, so that it often works out; else of everything there is. */
type Told = { kind: Kind; who: number; file: number; other: number; until: number | null; isNear: boolean }
const kinds = fc.constantFrom<Kind>("share", "share", "share", "share-on", "share-on", "end", "end", "bin", "restore")
const told = fc.record({ kind: kinds, who: fc.nat(40), file: fc.nat(40), other: fc.nat(40), until: fc.constantFrom(null, null, 3, 700), isNear: fc.integer({ min: 0, max: 3 }).map((n) => n > 0) })
const quiet = new Set(["share", "share-on", "end", "bin", "restore", "stray"])
const plots = fc.record({ story: stories(false).map((story) => ({ ...story, events: story.events.filter((one) => !quiet.has(one.kind)) })), acts: fc.array(told, { minLength: 25, maxLength: 40, size: "max" }) })

/** A world in which somebody acts for each of its parties as well, with an own file in each dossier. */
function worldFor(story: Story): World {
  const world = actForAll(tellWorld(story, new Date()))
  for (const by of ["office", "employer", "employee"] as const) {
    const parties = { office: world.offices, employer: world.employers, employee: world.employees }[by]
    for (const party of parties.keys()) happen(world, { kind: "upload", by, party })
  }
  return world
}

type Trying = { claim: Claim; act: Act }

function actOf(world: World, { kind, who, file, other, until, isNear }: Told): Trying | null {
  const ends = until === null ? null : moment(world, until)
  if (kind === "share-on") return pick(sharesOn(world, ends), other) ?? null
  const claim = pick(world.roles, who)
  if (!claim) return null
  const shares = world.grants.filter((one) => one.reason.startsWith("shared"))
  const own = world.files.filter((one) => one.origin === "own" && one.ownerId === claim.partyId && (kind === "share" || one.isBinned === (kind === "restore")))
  const share = pick(isNear ? shares.filter((one) => own.some(({ id }) => id === one.fileId)) : shares, other)
  const fileId = kind === "end" && isNear ? share?.fileId : pick(isNear ? own : world.files, file)?.id
  const everybody = [...world.offices, ...world.employers, ...world.employees, ...world.engagements].map((one) => one.id)
  const ofAll = world.roles.find((one) => one.partyId === claim.partyId && one.clients === null) ?? claim
  const to = pick(isNear ? reachOf(world, ofAll) : everybody, other)
  if (!fileId) return null
  if (kind === "share") return to ? { claim, act: { kind, fileId, to, until: ends } } : null
  if (kind === "end") return share ? { claim, act: { kind, fileId, shareId: share.id } } : null
  return { claim, act: { kind, fileId } }
}

/** Every way to share on what an employee shared with the employer, also what was ended since, and with an office of before. */
function sharesOn(world: World, until: Date | null): Trying[] {
  return world.grants.filter((one) => one.reason === "shared" && world.employees.some(({ employerId }) => employerId === one.audienceId)).flatMap((grant) =>
    world.engagements.filter((one) => one.employerId === grant.audienceId).flatMap((engagement) =>
      world.roles.filter((one) => one.partyId === grant.audienceId).map((claim) => ({ claim, act: { kind: "share" as const, fileId: grant.fileId, to: engagement.id, until } })),
    ),
  )
}

const statements = {
  share: ({ fileId, to, until }: Extract<Act, { kind: "share" }>) => `select added as done from share_files(array['${fileId}']::uuid[], array['${to}']::uuid[], ${until ? `'${until.toISOString()}'` : "null"})`,
  end: ({ fileId, shareId }: Extract<Act, { kind: "end" }>) => `select end_share('${fileId}', '${shareId}') as done`,
  bin: ({ fileId }: { fileId: string }) => `select count(*)::int as done from bin_files(array['${fileId}']::uuid[])`,
  restore: ({ fileId }: { fileId: string }) => `select count(*)::int as done from restore_files(array['${fileId}']::uuid[])`,
}

async function tryInDatabase({ claim, act }: Trying): Promise<number | null> {
  const statement = act.kind === "share" ? statements.share(act) : act.kind === "end" ? statements.end(act) : statements[act.kind](act)
  const asked = inTransaction<{ done: number | null }>(app, { accountId: claim.accountId, partyId: claim.partyId }, statement)
  const answer = await asked.catch(async (error: unknown) => {
    if (!(error instanceof Error) || !/a reader changes nothing/.test(error.message)) throw error
    await app.query("rollback")
    return null
  })
  return answer?.rows[0]?.done ?? null
}

/** The shares as rows: what the database keeps of each, and what the oracle says of it. */
async function sharesInDatabase(world: World): Promise<string[]> {
  const { rows } = await owner.query<{ row: string }>(
    `select concat_ws(' ', id, audience_id, reason, parent_id, to_char(ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), ended_at is null, asleep_at is null) as row
     from file_grant where file_id = any ($1) and reason in ('shared', 'shared_on')`, [world.files.map((one) => one.id)])
  return rows.map(({ row }) => row).sort()
}

function sharesIn(world: World): string[] {
  const isAwake = (fileId: string) => !world.files.some((one) => one.id === fileId && one.isBinned)
  const rows = world.grants.filter((one) => one.reason.startsWith("shared")).map((one) => [one.id, one.audienceId, one.reason, one.parentId, one.endsAt?.toISOString(), one.endedAt === null ? "t" : "f", isAwake(one.fileId) ? "t" : "f"])
  return rows.map((row) => row.filter((cell) => typeof cell === "string").join(" ")).sort()
}

type Tally = Record<string, number>

/** Plays so many plots; the first thing that went otherwise than the oracle says, or null. */
async function play(seed: number, count: number, tally: Tally = {}): Promise<string | null> {
  for (const { story, acts } of fc.sample(plots, { seed, numRuns: count })) {
    const world = worldFor(story)
    await writeWorlds(owner, [world])
    for (const one of acts) {
      const trying = actOf(world, one)
      if (!trying) continue
      const expected: Outcome = tryIn(world, trying.claim, trying.act)
      const done = await tryInDatabase(trying)
      if (done !== expected.done) return `${trying.act.kind}: ${done} where it should be ${expected.done}`
      if (expected.added) {
        const known = grantsOf(world).map(({ id }) => id).filter(Boolean)
        expected.added.id = (await owner.query<{ id: string }>("select id from file_grant where id <> all ($1)", [known])).rows[0]?.id ?? ""
      }
      const name = `${expected.added?.reason ?? trying.act.kind} ${done === null ? "refused" : done > 0 ? "done" : "again"}`
      tally[name] = (tally[name] ?? 0) + 1
      const [inDatabase, inWorld] = [await sharesInDatabase(world), sharesIn(world)]
      if (inDatabase.join() !== inWorld.join()) return `after ${name} the shares are other ones`
    }
    for (const claim of world.roles) {
      const [seen, expected] = [await look(app, claim), sightOf(world, claim)]
      if (seen.file.join() !== expected.file.join() || seen.grant.join() !== expected.grant.join()) return "somebody sees other files or shares"
    }
  }
  return null
}

test("whatever people try with files in random worlds, they get what the oracle says, and see that afterwards", { timeout: 120_000 }, async () => {
  const tally: Tally = {}
  expect(await play(Number(process.env.GRANT_RULE_SEED ?? 2_000), 60, tally)).toBeNull()
  const often = ["shared done", "share again", "share refused", "shared_on done", "end done", "end refused", "bin done", "restore done"]
  expect(often.filter((name) => (tally[name] ?? 0) < 4), JSON.stringify(tally)).toEqual([])
})

describe("a rule that is left out is found when people try things:", () => {
  const functions = ["share_files(uuid[],uuid[],timestamptz)", "share_steps(uuid,uuid[])", "end_share(uuid,uuid)", "bin_files(uuid[])", "restore_files(uuid[])", "refuse_reader()"] as const
  const without = leavingOut(() => owner, functions)

  test.each<[string, (typeof functions)[number], string, string]>([
    ["what was shared on lasts no longer than what it came from", "share_files(uuid[],uuid[],timestamptz)", "least(s.ends_at, p_until)", "p_until"],
    ["an earlier end is an earlier end for what was shared on", "share_files(uuid[],uuid[],timestamptz)", "least(c.ends_at, k.ends_at)", "c.ends_at"],
    ["the same share twice is one", "share_files(uuid[],uuid[],timestamptz)", "where k.id is null", ""],
    ["all of it or nothing", "share_files(uuid[],uuid[],timestamptz)", "then return; end if", "then null; end if"],
    ["what is in the bin is shared by nobody", "share_steps(uuid,uuid[])", "and f.binned_at is null\n      and exists (select from file_grant g where g.file_id = f.id and g.audience_id = viewer_party() and is_live(g))", ""],
    ["an employer shares on only what it still sees", "share_steps(uuid,uuid[])", "and g.audience_id = w.employer_id and g.reason = 'shared' and is_live(g)", "and g.audience_id = w.employer_id and g.reason = 'shared'"],
    ["an office that went gets nothing", "share_steps(uuid,uuid[])", "and e.ended_at is null", ""],
    ["what was shared on ends with what it came from", "end_share(uuid,uuid)", "c.parent_id = e.id", "c.parent_id = e.id and false"],
    ["shares sleep in the bin", "bin_files(uuid[])", "set asleep_at = now()", "set asleep_at = null"],
    ["shares wake when a file comes back", "restore_files(uuid[])", "set asleep_at = null", "set asleep_at = now()"],
    ["a reader changes nothing", "refuse_reader()", "('reader', 'overviews')", "('overviews')"],
    ["who sees the overviews changes nothing", "refuse_reader()", "('reader', 'overviews')", "('reader')"],
    ["an office shares with the clients that somebody has", "share_steps(uuid,uuid[])", "and e.id = any (viewer_audiences())", ""],
    ["who brings a file back is its owner", "restore_files(uuid[])", "and d.owner_id = viewer_party()", ""],
  ])("%s", { timeout: 120_000 }, async (_title, name, text, instead) => {
    await without(name, text, instead)
    expect(await play(1, 200)).not.toBeNull()
  })
})
