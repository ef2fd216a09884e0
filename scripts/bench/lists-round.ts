import pg from "pg"
import { listUnread } from "#domain/files/list-unread.ts"
import { findUnread } from "#domain/files/unread-repository.ts"
import { listEmployees } from "#domain/parties/list-employees.ts"
import { countRoster, findRoster, findRosterEmployer } from "#domain/parties/roster-repository.ts"
import { searchFiles } from "#domain/search/search-files.ts"
import { findSoughtFiles } from "#domain/search/search-repository.ts"
import { wordToken } from "#domain/search/word-token.ts"
import { addressFor } from "#platform/database-address.ts"
import { closeDatabase, type Reader } from "#platform/database.ts"
import { env } from "#platform/env.ts"
import { dayOf } from "#policy/last-day.ts"
import type { PartyKind, Viewer } from "#policy/viewer.ts"
import { fillListsWorld } from "./lists-world.ts"

/** What one list takes, in milliseconds: the whole use case, and its SQL alone by plain pg as the same role with the viewer entered. */
export type ListTimes = Record<string, { useCase: number; bare: number; found: number }>

type Identity = { accountId: string; partyId: string }
type Statement = { text: string; values: unknown[] }

const rounds = 25

/** Runs in a process of its own, with the environment of one database: makes the world in it, and prints what each list takes as JSON. */
const world = await fillListsWorld(env().DATABASE_URL, Number(process.env["FILES"]), wordToken("zeewier"))
const today = new Date()
const viewer = (kind: PartyKind, who: Identity): Viewer => ({ ...who, kind, rank: "owner", sessionId: "", username: "", locale: "nl" })
const filter = { words: [], state: null, order: "naam" as const, isFalling: false, now: today, today: dayOf(today) }
const asked = [{ word: "zeewier", kinds: [], periods: [], years: [], token: `'${wordToken("zeewier")}'` }]
const bounds = { offset: 0, limit: 25, mostFound: 201, mostLooked: 20_000 }
const { employer, office, employee } = world

const times: ListTimes = {
  "Werknemers, page 10 of 2,000 rows": await both(
    employer,
    async () => (await listEmployees(viewer("employer", employer), { employerId: null, page: 10 }, today)).employees.length,
    (reader) => Promise.all([findRosterEmployer(reader, employer.partyId), countRoster(reader, employer.partyId, filter), findRoster(reader, employer.partyId, filter, { offset: 900, limit: 100 })]),
  ),
  "search for a word inside 500 files": await both(
    employee,
    async () => (await searchFiles(viewer("employee", employee), { text: "zeewier", page: 1 })).total,
    (reader) => findSoughtFiles(reader, employee.accountId, asked, bounds),
  ),
  "Ongelezen of an office with 50,000 unread": await both(
    office,
    async () => (await listUnread(viewer("office", office))).files.length,
    (reader) => findUnread(reader, null, 101),
  ),
}
console.log(JSON.stringify(times))
await closeDatabase()

/** In turn, so that whatever else the machine does falls on both; medians. */
async function both(who: Identity, useCase: () => Promise<number>, ask: (reader: Reader) => Promise<unknown>): Promise<ListTimes[string]> {
  const statements = await statementsOf(ask)
  const client = new pg.Client({ connectionString: addressFor("portal_app", env().DATABASE_URL, env().MASTER_KEY) })
  await client.connect()
  const taken: { useCase: number[]; bare: number[] } = { useCase: [], bare: [] }
  let found = 0
  for (let round = 0; round < rounds + 10; round++) {
    const start = performance.now()
    found = await useCase()
    const whole = performance.now() - start
    await client.query("begin")
    await client.query("select enter_viewer($1, $2)", [who.accountId, who.partyId])
    const from = performance.now()
    for (const [at, statement] of statements.entries()) await client.query({ name: `s${at}`, ...statement })
    const bare = performance.now() - from
    await client.query("commit")
    if (round >= 10) (taken.useCase.push(whole), taken.bare.push(bare))
  }
  await client.end()
  return { useCase: median(taken.useCase), bare: median(taken.bare), found }
}

/** The very statements that a repository asks. */
async function statementsOf(ask: (reader: Reader) => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = []
  const reader: Reader = {
    $queryRaw: async (parts, ...values) => {
      statements.push({ text: parts.reduce((text, part, at) => `${text}$${at}${part}`), values })
      return JSON.parse("[]")
    },
  }
  await ask(reader)
  return statements
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
