import { spawnSync } from "node:child_process"
import { randomUUID } from "node:crypto"
import { join } from "node:path"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { addressFor } from "#platform/database-address.ts"
import { useDatabase } from "../support/database.ts"

const database = useDatabase()
const chains = Array.from({ length: 450 }, () => randomUUID()).toSorted()
let owner: pg.Client

beforeAll(async () => {
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  const system = new pg.Client({ connectionString: addressFor("portal_system", database.ownerUrl, database.masterKey) })
  await system.connect()
  await system.query("select record_event(c, 'file.viewed', null, null, c, '{}') from unnest($1::uuid[]) c, generate_series(1, 3)", [chains])
  await system.end()
})
afterAll(() => owner.end())

/** The command as an operator runs it, in a process of its own. */
function check(environment: Record<string, string> = {}): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, "../../scripts/beheer/main.ts"), "controleer"], { env: { ...process.env, ...environment }, encoding: "utf8" })
  return { code: status, said: stdout + stderr.replaceAll(/.*Warning.*\n/g, "") }
}

async function tamper(statement: string, values: unknown[]): Promise<void> {
  await owner.query("set session_replication_role = replica")
  expect((await owner.query(statement, values)).rowCount).toBeGreaterThan(0)
}

test("whole chains are counted, and the command ends well", () => {
  expect(check()).toMatchObject({ code: 0, said: expect.stringContaining("450 ketens met 1.350 gebeurtenissen nagelopen: alles klopt.") })
})

test("each chain that was tampered with is named with its first event that does not fit, and the command fails", async () => {
  const [first, , , middle, headless, last] = [...chains.slice(0, 3), chains[230], chains[231], chains.at(-1)]
  await tamper("update audit_event set kind = 'file.downloaded' where chain_id = $1 and seq = 1", [first])
  await tamper("delete from audit_event where chain_id = $1 and seq = 2", [middle])
  await tamper("delete from audit_chain where id = $1", [headless])
  await tamper("delete from audit_event where chain_id = $1", [last])
  const { code, said } = check()
  expect(code).toBe(1)
  expect(said.match(/Keten .*/g)).toEqual([
    `Keten ${first} klopt niet vanaf gebeurtenis 1.`,
    `Keten ${middle} klopt niet vanaf gebeurtenis 2.`,
    `Keten ${headless} klopt niet vanaf gebeurtenis 4.`,
    `Keten ${last} klopt niet vanaf gebeurtenis 1.`,
  ])
  expect(said).toContain("450 ketens met 1.347 gebeurtenissen nagelopen: 4 kloppen niet.")
})

test("where no portal runs and no database is named, it says so", () => {
  expect(check({ DATABASE_URL: "", PORTAL_DATA: database.filesFolder })).toMatchObject({ code: 2, said: expect.stringContaining("geen portaal") })
})
