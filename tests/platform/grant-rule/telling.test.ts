import fc from "fast-check"
import pg from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { findWhoSees } from "#domain/files/file-repository.ts"
import { findBin } from "#domain/sharing/bin-repository.ts"
import { findShares } from "#domain/sharing/share-repository.ts"
import { closeDatabase, readAsViewer } from "#platform/database.ts"
import { useDatabase } from "../../support/database.ts"
import { stories, type World } from "../../support/worlds.ts"
import { leavingOut } from "./leaving-out.ts"
import { binOf, isLive, sharesOf, sightOf, whoSees, type Claim } from "./oracle.ts"
import { actForAll, tellWorld } from "./tell-world.ts"
import { writeWorlds } from "./write-worlds.ts"

/** What the database tells past the rule, by functions that look further than the viewer: to nobody more than the oracle says. */
const database = useDatabase()
const all = fc.sample(stories(true), { seed: 7, numRuns: 400 }).map((story) => actForAll(tellWorld(story, new Date())))
/** Those in which there is something to tell. */
const worlds = [
  ...all.filter((world) => world.grants.some((one) => one.reason === "shared" && isLive(world, one)) && world.files.some((one) => one.isBinned)).slice(0, 80),
  ...all.filter((world) => world.roles.some((one) => one.rank === "overviews" && one.endedAt) && world.files.some((one) => one.kind === "series-overview")).slice(-20),
].filter((world, index, list) => list.indexOf(world) === index)
const looks = worlds.flatMap((world) => world.roles.map((claim) => ({ world, claim: { accountId: claim.accountId, partyId: claim.partyId } })))
let owner: pg.Client

beforeAll(async () => {
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await writeWorlds(owner, worlds)
})
afterAll(async () => {
  await owner.end()
  await closeDatabase()
})

type Told = { told: Record<string, string[]>; expected: Record<string, string[]> }
type Telling = (world: World, claim: Claim) => Promise<Told>

const sortedIds = (rows: readonly { id: string }[]) => rows.map((row) => row.id).sort()
const perFile = (world: World, of: (fileId: string) => string[]) => Object.fromEntries(world.files.map(({ id }) => [id, of(id)]))

const tellings: Record<string, Telling> = {
  "who sees a file is told to whoever sees it": async (world, claim) => {
    const { file: inSight } = sightOf(world, claim)
    const rows = await readAsViewer(claim, (reader) => Promise.all(world.files.map((file) => findWhoSees(reader, file.id))))
    const names = rows.map((some) => [...new Set(some.map((one) => one.kind === "overviews" ? `${one.name}, overviews` : [one.initials, one.name].filter(Boolean).join(" ")))].sort())
    return { told: Object.fromEntries(world.files.map(({ id }, index) => [id, names[index] ?? []])), expected: perFile(world, (id) => (inSight.includes(id) ? whoSees(world, claim, id) : [])) }
  },
  "the shares of a file are told to who may end them": async (world, claim) => {
    const rows = await readAsViewer(claim, (reader) => Promise.all(world.files.map((file) => findShares(reader, file.id))))
    return { told: Object.fromEntries(world.files.map(({ id }, index) => [id, sortedIds(rows[index] ?? [])])), expected: perFile(world, (id) => sharesOf(world, claim, id)) }
  },
  "the bin is told to whose it is": async (world, claim) => ({ told: { bin: sortedIds(await readAsViewer(claim, findBin)) }, expected: { bin: binOf(world, claim) } }),
}

/** How many of all looks were told something else than the oracle says, and how many were told anything at all. */
async function lookAll(telling: Telling): Promise<{ wrong: number; some: number }> {
  const count = { wrong: 0, some: 0 }
  for (const { world, claim } of looks) {
    const { told, expected } = await telling(world, claim)
    if (JSON.stringify(told) !== JSON.stringify(expected)) count.wrong += 1
    if (Object.values(expected).some((list) => list.length > 0)) count.some += 1
  }
  return count
}

test.each(Object.entries(tellings))("%s, and to nobody else", { timeout: 60_000 }, async (_title, telling) => {
  const { wrong, some } = await lookAll(telling)
  expect(wrong).toBe(0)
  expect(some).toBeGreaterThan(3)
})

describe("a rule that is left out is found:", () => {
  const functions = ["who_sees(uuid)", "shares_of(uuid)", "own_bin()"] as const
  const without = leavingOut(() => owner, functions)

  test.each<[string, keyof typeof tellings, (typeof functions)[number], string, string]>([
    ["who asks who sees a file, sees it", "who sees a file is told to whoever sees it", "who_sees(uuid)", "and g.audience_id = any (viewer_audiences())", ""],
    ["who no longer sees a file is not named", "who sees a file is told to whoever sees it", "who_sees(uuid)", "where g.file_id = p_file and is_live(g)", "where g.file_id = p_file"],
    ["an office that went is not named", "who sees a file is told to whoever sees it", "who_sees(uuid)", "and e.ended_at is null", ""],
    ["the overviews are told to their employer", "who sees a file is told to whoever sees it", "who_sees(uuid)", "and v.id = viewer_party() and exists", "and exists"],
    ["the overviews are told while somebody sees them", "who sees a file is told to whoever sees it", "who_sees(uuid)", "ar.rank = 'overviews' and ar.ended_at is null", "ar.rank = 'overviews'"],
    ["somebody else who got it is not named", "who sees a file is told to whoever sees it", "who_sees(uuid)", "viewer_party() in (v_owner, v_sender)", "true"],
    ["shares are told to the owner and to who shared on", "the shares of a file are told to who may end them", "shares_of(uuid)", "and (d.owner_id = viewer_party() or p.audience_id = viewer_party())", ""],
    ["a share that is over is none", "the shares of a file are told to who may end them", "shares_of(uuid)", "and is_live(g)", ""],
    ["a bin is one's own", "the bin is told to whose it is", "own_bin()", "d.owner_id = viewer_party() and", ""],
  ])("%s", { timeout: 60_000 }, async (_title, telling, name, text, instead) => {
    await without(name, text, instead)
    expect((await lookAll(tellings[telling] ?? (async () => ({ told: {}, expected: {} })))).wrong).toBeGreaterThan(0)
  })
})
