import pg from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { useDatabase } from "../../support/database.ts"
import { attempt, employee, employer, enterSmallWorld, notAllowed, office, staff, world } from "./small-world.ts"
import { inTransaction } from "./look.ts"
import type { Claim } from "./oracle.ts"

const database = useDatabase()
let owner: pg.Client
let app: pg.Client

beforeAll(async () => {
  app = await enterSmallWorld(database)
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await owner.query("insert into file_text (file_id, words) select id, array_to_tsvector(array['woord']) from dossier_file")
})
afterAll(() => Promise.all([owner.end(), app.end()]))

async function seen(who: Claim | null, of: "file_id from file_text" | "id as file_id from dossier_file"): Promise<string[]> {
  const { rows } = await inTransaction<{ file_id: string }>(app, who, `select ${of}`)
  return rows.map((row) => row.file_id).sort()
}

describe("the text of a file", () => {
  test.each([["an office", office], ["an employer", employer], ["an employee", employee]])("is in sight of %s with the file, and no other", async (_who, claim) => {
    const texts = await seen(claim, "file_id from file_text")
    expect(texts.length).toBeGreaterThan(0)
    expect(texts.length).toBeLessThan(world.files.length)
    expect(texts).toEqual(await seen(claim, "id as file_id from dossier_file"))
  })

  test("is in sight of nobody who did not enter, or entered for a party that is not theirs", async () => {
    expect(await seen(null, "file_id from file_text")).toEqual([])
    expect(await seen({ accountId: employee.accountId, partyId: staff(2)[0] ?? "" }, "file_id from file_text")).toEqual([])
  })

  test("goes out of sight that second when a grant ends", async () => {
    const before = await seen(employee, "file_id from file_text")
    await owner.query("update file_grant set ended_at = now() where file_id = $1", [before[0]])
    expect(await seen(employee, "file_id from file_text")).toEqual(before.slice(1))
    await owner.query("update file_grant set ended_at = null where file_id = $1", [before[0]])
  })

  test.each([
    ["is written by nobody", "insert into file_text (file_id, words) values (gen_random_uuid(), '')"],
    ["is changed by nobody", "update file_text set sealed = null"],
    ["is removed by nobody", "delete from file_text"],
    ["tells nobody how far the reading came", "select from text_backfill"],
  ])("%s", async (_title, statement) => expect(await attempt(app, office, statement)).toBe(notAllowed))

  test("is not told by asking for a word: what is out of sight is never looked into", async () => {
    const leaky = "select count(*) from file_text where words @@ 'woord'::tsquery"
    const { rows } = await inTransaction<{ count: string }>(app, employee, leaky)
    expect(Number(rows[0]?.count)).toBe((await seen(employee, "id as file_id from dossier_file")).length)
  })
})
