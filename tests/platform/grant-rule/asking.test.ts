import fc from "fast-check"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { findDossierYear } from "#domain/files/file-repository.ts"
import { findSharedWithMe } from "#domain/sharing/received-repository.ts"
import { asViewer, closeDatabase, readAsViewer, type Transaction } from "#platform/database.ts"
import { useDatabase } from "../../support/database.ts"
import { stories, type World } from "../../support/worlds.ts"
import { sightOf, type Claim } from "./oracle.ts"
import { seeOverviews, tellWorld } from "./tell-world.ts"
import { writeWorlds } from "./write-worlds.ts"

const database = useDatabase()
const worlds = fc.sample(stories(true), { seed: 7, numRuns: 15 }).map((story) => seeOverviews(tellWorld(story, new Date())))
/** Each claim, with its own world and the next to look for things in. */
const looks = worlds.flatMap((world, index) =>
  world.roles.map((claim) => ({ world, claim, around: [world, worlds[(index + 1) % worlds.length] ?? world] })),
)

beforeAll(async () => {
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await writeWorlds(owner, worlds).finally(() => owner.end())
})
afterAll(closeDatabase)

/** The ways in which a use case asks for files, each giving ids. */
const ways: Record<string, (tx: Transaction, around: readonly World[], claim: Claim) => Promise<string[]>> = {
  "in a list": async (tx) => idsOf(await tx.dossierFile.findMany({ select: { id: true } })),
  "one by one": async (tx, around) => {
    const found = []
    for (const { id } of around.flatMap((one) => one.files))
      found.push(await tx.dossierFile.findUnique({ where: { id }, select: { id: true } }))
    return idsOf(found.filter((one) => one !== null))
  },
  "page by page": async (tx) => {
    const found: string[] = []
    for (let page = idsOf([]), skip = 0; skip === 0 || page.length > 0; skip += 3) {
      page = idsOf(await tx.dossierFile.findMany({ select: { id: true }, orderBy: { id: "desc" }, take: 3, skip }))
      found.push(...page)
    }
    return found
  },
  "by what they are called": async (tx) =>
    idsOf(await tx.dossierFile.findMany({ where: { OR: [{ kind: { contains: "slip" } }, { kind: { contains: "overview" } }, { kind: { in: ["journal-entry", "other"] } }] }, select: { id: true } })),
  "through what let it see them": async (tx) =>
    idsOf((await tx.grant.findMany({ select: { file: { select: { id: true } } } })).map((grant) => grant.file)),
  "with a join": async (tx) =>
    idsOf(await tx.$queryRaw<{ id: string }[]>`select f.id from file_grant g join dossier_file f on f.id = g.file_id`),
}

test.each(Object.entries(ways))("files asked for %s are the files that the oracle names", { timeout: 60_000 }, async (_title, ask) => {
  for (const { world, claim, around } of looks) {
    const found = await asViewer(claim, (tx) => ask(tx, around, claim))
    expect([...new Set(found)].sort()).toEqual(sightOf(world, claim).file)
  }
})

test("dossier by dossier, the files of the year and the own files in the dossiers that are in sight", { timeout: 60_000 }, async () => {
  for (const { world, claim, around } of looks) {
    const sight = sightOf(world, claim)
    const found = []
    for (const { ownerId } of around.flatMap((one) => one.dossiers))
      found.push(...((await readAsViewer(claim, (reader) => findDossierYear(reader, ownerId, 2026, 2026, claim.accountId)))?.files ?? []))
    const inSight = world.files.filter((file) => sight.file.includes(file.id) && sight.dossier.includes(file.dossierId))
    expect(idsOf(found).sort()).toEqual(inSight.map((file) => file.id).sort())
  }
})

test("without naming a dossier, who sees the overviews of an employer gets all that is in sight of the year, out of one dossier", { timeout: 60_000 }, async () => {
  let count = 0
  for (const { world, claim } of looks.filter((one) => one.claim.rank === "overviews")) {
    const inSight = world.files.filter((file) => sightOf(world, claim).file.includes(file.id))
    const found = idsOf((await readAsViewer(claim, (reader) => findDossierYear(reader, null, 2026, 2026, claim.accountId)))?.files ?? [])
    const [first] = world.files.filter((file) => found.includes(file.id))
    expect(found.sort()).toEqual(inSight.filter((file) => file.dossierId === first?.dossierId).map((file) => file.id).sort())
    expect(found.length > 0).toBe(inSight.length > 0)
    count += found.length
  }
  expect(count).toBeGreaterThan(0)
})

test("counts count what is in sight and nothing else", async () => {
  for (const { world, claim } of looks) {
    const expected = sightOf(world, claim)
    const inSight = world.files.filter((file) => expected.file.includes(file.id))
    const counted = await asViewer(claim, async (tx) => ({
      all: await tx.dossierFile.count(),
      own: await tx.dossierFile.count({ where: { origin: "own" } }),
      byDossier: await tx.dossierFile.groupBy({ by: ["dossierId"], _count: true }),
      employees: await tx.employee.count(),
    }))
    expect(counted.all).toBe(inSight.length)
    expect(counted.own).toBe(inSight.filter((file) => file.origin === "own").length)
    const each = Object.fromEntries(counted.byDossier.map((group) => [group.dossierId, group._count]))
    expect(each).toEqual(
      Object.fromEntries(Object.entries(Object.groupBy(inSight, (file) => file.dossierId)).map(([id, files]) => [id, files?.length])),
    )
    expect(counted.employees).toBe(expected.employee.length)
  }
})

test("what was shared with a party is what it sees through a share, once each", { timeout: 60_000 }, async () => {
  for (const { world, claim } of looks) {
    const sight = sightOf(world, claim)
    const shared = world.grants.filter((grant) => sight.grant.includes(grant.id) && grant.reason.startsWith("shared")).map((grant) => grant.fileId)
    expect(idsOf(await readAsViewer(claim, (reader) => findSharedWithMe(reader, claim.accountId))).sort()).toEqual([...new Set(shared)].sort())
  }
})

function idsOf(rows: readonly { id: string }[]): string[] {
  return rows.map((row) => row.id)
}
