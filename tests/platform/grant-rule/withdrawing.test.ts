import fc from "fast-check"
import pg from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { useDatabase } from "../../support/database.ts"
import { stories, type World } from "../../support/worlds.ts"
import { leavingOut } from "./leaving-out.ts"
import { inTransaction, look, openAsApp } from "./look.ts"
import { grantsOf, isLive, isSenders, roleOf, sightOf, type Claim } from "./oracle.ts"
import { actForAll, tellWorld } from "./tell-world.ts"
import { writeWorlds } from "./write-worlds.ts"

/** In random worlds everybody tries to withdraw files; the database has to answer and to end up as the promise says: its sender, and nobody else sees it after. */
const database = useDatabase()
let owner: pg.Client
let app: pg.Client
beforeAll(async () => {
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  app = await openAsApp(database)
})
afterAll(() => Promise.all([owner.end(), app.end()]))

/** What comes of it, by what the product promises; changes the world when it is done. */
function withdrawIn(world: World, claim: Claim, fileId: string): string | null {
  const file = world.files.find((one) => one.id === fileId)
  if (!file || !sightOf(world, claim).file.includes(fileId)) return null
  if (file.origin !== "payroll" || file.senderId !== claim.partyId || roleOf(world, claim)?.rank === "overviews") return "refused"
  if (world.withdrawals.some((one) => one.fileId === fileId)) return "again"
  if (roleOf(world, claim)?.rank === "reader") return "reader"
  const live = grantsOf(world).filter((one) => one.fileId === fileId && isLive(world, one))
  const by = live.filter((one) => isSenders(world, one)).map((one) => one.audienceId).sort()[0] ?? ""
  world.withdrawals.push({ fileId, byAudienceId: by, hadIt: [...new Set(live.filter((one) => !isSenders(world, one)).map((one) => one.audienceId))] })
  return "withdrawn"
}

async function withdrawInDatabase(claim: Claim, fileId: string): Promise<string | null> {
  const asked = inTransaction<{ outcome: string | null }>(app, claim, `select withdraw_file('${fileId}', 'other', now()) as outcome`)
  return asked.then(({ rows }) => rows[0]?.outcome ?? null, async (error: unknown) => {
    if (!(error instanceof Error) || !/a reader changes nothing/.test(error.message)) throw error
    await app.query("rollback")
    return "reader"
  })
}

/** Plays so many worlds; the first thing that went otherwise than promised, or null. */
async function play(seed: number, count: number, tally: Record<string, number> = {}): Promise<string | null> {
  for (const story of fc.sample(stories(false), { seed, numRuns: count })) {
    const world = actForAll(tellWorld(story, new Date()))
    await writeWorlds(owner, [world])
    const claims = world.roles.map(({ accountId, partyId }) => ({ accountId, partyId }))
    for (const [index, file] of world.files.entries()) {
      for (const claim of claims.slice(index % 2)) {
        const [expected, done] = [withdrawIn(world, claim, file.id), await withdrawInDatabase(claim, file.id)]
        if (done !== expected) return `${done} where it should be ${expected}`
        tally[`${expected}`] = (tally[`${expected}`] ?? 0) + 1
      }
    }
    for (const claim of claims) {
      const [seen, expected] = [await look(app, claim), sightOf(world, claim)]
      for (const thing of ["file", "grant", "key", "withdrawal", "receiver"] as const) if (seen[thing].join() !== expected[thing].join()) return `another ${thing} is in sight`
    }
  }
  return null
}

test("whoever tries to withdraw what in random worlds, gets what is promised, and sees that afterwards", { timeout: 240_000 }, async () => {
  const tally: Record<string, number> = {}
  expect(await play(Number(process.env.GRANT_RULE_SEED ?? Date.now() % 1_000_000), 40, tally)).toBeNull()
  expect(["null", "refused", "withdrawn", "again"].filter((outcome) => (tally[outcome] ?? 0) < 10), JSON.stringify(tally)).toEqual([])
})

describe("a rule that is left out is found:", () => {
  const without = leavingOut(() => owner, ["withdraw_file(uuid,text,timestamptz,text)", "hold_sent_file(uuid)", "is_senders(file_grant,uuid)"] as const)

  test.each<[string, "withdraw_file(uuid,text,timestamptz,text)" | "hold_sent_file(uuid)" | "is_senders(file_grant,uuid)", string, string]>([
    ["who had it, has it no more", "withdraw_file(uuid,text,timestamptz,text)", "update file_grant g set ended_at = now()", "update file_grant g set ended_at = null"],
    ["its sender keeps it", "withdraw_file(uuid,text,timestamptz,text)", "where g.file_id = p_file and not is_senders(g, viewer_party()) and g.ended_at", "where g.file_id = p_file and g.ended_at"],
    ["the office keeps it by the client", "is_senders(file_grant,uuid)", "e.office_id = p_sender", "false"],
    ["who does not see it withdraws nothing", "hold_sent_file(uuid)", "g.audience_id = any (viewer_audiences()) and ", ""],
    ["who did not send it withdraws nothing", "hold_sent_file(uuid)", "or f.sender_id is distinct from viewer_party()", ""],
    ["own files are not withdrawn", "hold_sent_file(uuid)", "f.origin <> 'payroll' or ", ""],
    ["once is enough", "hold_sent_file(uuid)", "where w.file_id = p_file", "where false"],
  ])("%s", { timeout: 120_000 }, async (_title, name, text, instead) => {
    await without(name, text, instead)
    const found = await play(3, 25).catch((error: unknown) => (error instanceof Error && /duplicate key/.test(error.message) ? "twice" : Promise.reject(error)))
    await app.query("rollback")
    expect(found).not.toBeNull()
  })
})
