import { randomUUID } from "node:crypto"
import fc from "fast-check"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { findUnread, countUnread } from "#domain/files/unread-repository.ts"
import { closeDatabase, readAsAccount, type Reader } from "#platform/database.ts"
import { useDatabase } from "../../support/database.ts"
import { stories, type World } from "../../support/worlds.ts"
import { grantsOf, sightOf } from "./oracle.ts"
import { tellWorld } from "./tell-world.ts"
import { writeWorlds } from "./write-worlds.ts"

const database = useDatabase()
const worlds = fc.sample(stories(true), { seed: 11, numRuns: 200 }).map((story) => tellWorld(story, new Date()))
const looks = worlds.flatMap((world) => world.accounts.map(({ id }) => ({ world, accountId: id })))

beforeAll(async () => {
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await writeWorlds(owner, worlds).finally(() => owner.end())
})
afterAll(closeDatabase)

/** What an account sees in each of its roles, taken together; of roles only its own: who else works for a party is seen by its owner, acting for it. */
function sightOverRoles(world: World, accountId: string) {
  const each = world.roles.filter((role) => role.accountId === accountId).map((role) => sightOf(world, role))
  const together = (thing: "file" | "grant" | "audience" | "role") => [...new Set(each.flatMap((one) => one[thing]))].sort()
  return { file: together("file"), grant: together("grant"), audience: together("audience"), role: together("role").filter((id) => world.roles.some((role) => role.id === id && role.accountId === accountId)) }
}

const idsOf = async (reader: Reader, what: "file" | "grant" | "audience" | "role") => {
  const asked = {
    file: () => reader.$queryRaw<{ id: string }[]>`select id from dossier_file`,
    grant: () => reader.$queryRaw<{ id: string }[]>`select id from file_grant`,
    audience: () => reader.$queryRaw<{ id: string }[]>`select id from audience`,
    role: () => reader.$queryRaw<{ id: string }[]>`select id from account_role`,
  }
  return (await asked[what]()).map(({ id }) => id).sort()
}

test("there are accounts with several roles among them", () => {
  expect(looks.filter(({ world, accountId }) => world.roles.filter((role) => role.accountId === accountId).length > 1).length).toBeGreaterThan(20)
})

test("an account that enters with all its roles sees what the oracle says of each of them, together, and no more", { timeout: 60_000 }, async () => {
  for (const { world, accountId } of looks) {
    const seen = await readAsAccount({ accountId }, async (reader) => ({
      file: await idsOf(reader, "file"),
      grant: await idsOf(reader, "grant"),
      audience: await idsOf(reader, "audience"),
      role: await idsOf(reader, "role"),
    }))
    expect(seen).toEqual(sightOverRoles(world, accountId))
  }
})

test("unread over all roles is each file that came to one of them and was not read, once, page by page as well", { timeout: 60_000 }, async () => {
  let found = 0
  for (const { world, accountId } of looks) {
    const { grant } = sightOverRoles(world, accountId)
    const came = grantsOf(world).filter((one) => grant.includes(one.id) && one.reason !== "delivered").map((one) => one.fileId)
    const read = world.reads.filter((one) => one.accountId === accountId).map((one) => one.fileId)
    const expected = [...new Set(came)].filter((id) => !read.includes(id)).sort()
    const [files, count] = await readAsAccount({ accountId }, (reader) => Promise.all([allPages(reader), countUnread(reader, 100)]))
    expect(files.sort()).toEqual(expected)
    expect(count).toBe(Math.min(100, expected.length))
    found += expected.length
  }
  expect(found).toBeGreaterThan(100)
})

test("nobody enters who is no account, and nothing can be changed by who entered with all roles", async () => {
  expect(await readAsAccount({ accountId: randomUUID() }, (reader) => idsOf(reader, "grant"))).toEqual([])
  const [look] = looks.filter(({ world, accountId }) => sightOverRoles(world, accountId).file.length > 0)
  const accountId = look?.accountId ?? ""
  await expect(
    readAsAccount({ accountId }, (reader) => reader.$queryRaw`insert into file_read (account_id, file_id) select ${accountId}::uuid, id from dossier_file`),
  ).rejects.toMatchObject({ code: "25006" })
})

async function allPages(reader: Reader): Promise<string[]> {
  const found: string[] = []
  for (let page = await findUnread(reader, null, 3); page.length > 0; page = await findUnread(reader, page.at(-1)?.place ?? null, 3)) {
    found.push(...page.map(({ id }) => id))
    if (page.length < 3) break
  }
  return found
}
