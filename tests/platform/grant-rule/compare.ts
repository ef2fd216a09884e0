import { randomUUID } from "node:crypto"
import fc from "fast-check"
import pg from "pg"
import type { TestDatabase } from "../../support/database.ts"
import { stories, type World } from "../../support/worlds.ts"
import { entering, look, openAsApp } from "./look.ts"
import { holdsUp, sightOf, things, type Claim, type Sight, type Thing } from "./oracle.ts"
import { tellWorld } from "./tell-world.ts"
import { writeWorlds } from "./write-worlds.ts"

/** The database under test: its owner writes worlds, the application's role looks, over two connections at once. */
export type Eyes = { owner: pg.Client; app: pg.Client[]; close: () => Promise<void> }

/** Somebody saw other things than the oracle says: how many were hidden that should be seen, and how many seen that should be hidden. */
export type Difference = { world: number; who: string; what: string }

export type Outcome = {
  worlds: number
  claims: number
  seen: Record<Thing, number>
  first: (Difference & { seed: number; path: string }) | null
}

/** Opens the connections. Close them before the database goes. */
export async function openEyes(database: TestDatabase): Promise<Eyes> {
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  const app = [await openAsApp(database), await openAsApp(database)]
  return { owner, app, close: async () => void (await Promise.all([owner, ...app].map((client) => client.end()))) }
}

/** Tells random worlds and compares, ten at a time in one database, until so many were seen or one differs. */
export async function compareWorlds(eyes: Eyes, { seed, worlds }: { seed: number; worlds: number }): Promise<Outcome> {
  const outcome: Outcome = { worlds: 0, claims: 0, seen: perThing(() => 0), first: null }
  for (let batch = seed; outcome.worlds < worlds; batch++) {
    const told = fc.sample(stories(true), { seed: batch, numRuns: Math.min(10, worlds - outcome.worlds) })
    const found = await compare(
      eyes,
      told.map((story) => tellWorld(story, new Date())),
      outcome,
    )
    outcome.worlds += told.length
    const [first] = found.sort((a, b) => a.world - b.world)
    if (first) return { ...outcome, first: { ...first, seed: batch, path: String(first.world) } }
  }
  return outcome
}

/** Tells one world again and again with less in it, and throws with the smallest that still differs. */
export async function explain(eyes: Eyes, { seed, path }: { seed: number; path: string }): Promise<void> {
  const alone = fc.asyncProperty(stories(true), async (story) => {
    const found = await compare(eyes, [tellWorld(story, new Date())], { claims: 0, seen: perThing(() => 0) })
    if (found.length > 0) throw new Error(found.map(({ who, what }) => `${who}: ${what}`).join("\n"))
  })
  await fc.assert(alone, { seed, path, numRuns: 1000 })
}

async function compare(eyes: Eyes, worlds: readonly World[], tally: Pick<Outcome, "claims" | "seen">): Promise<Difference[]> {
  await writeWorlds(eyes.owner, worlds)
  const differences: Difference[] = []
  const left = worlds.map((world, index) => ({ world, index, other: worlds[(index + 1) % worlds.length] ?? world }))
  await Promise.all(
    eyes.app.map(async (client) => {
      for (let next = left.pop(); next; next = left.pop()) {
        const { world, index, other } = next
        const claims = claimsIn(world, other)
        const believed = await entering(client, claims)
        const wrong = claims.filter((claim) => holdsUp(world, claim) !== believed.some((one) => isSame(one, claim)))
        differences.push(...wrong.map((claim) => ({ world: index, who: nameOf(world, claim), what: "may enter or may not" })))
        for (const claim of worthALook(world, claims)) {
          const seen = await look(client, claim)
          const expected = claim ? sightOf(world, claim) : perThing(() => [])
          differences.push(...differ(seen, expected).map((what) => ({ world: index, who: nameOf(world, claim), what })))
          for (const thing of things) tally.seen[thing] += seen[thing].length
        }
        tally.claims += claims.length
      }
    }),
  )
  return differences
}

/** Every account for every party, its own or not; for parties of another world; for an audience that nobody signs in as; and a stranger. */
function claimsIn(world: World, other: World): Claim[] {
  const parties = [world.offices, world.employers, world.employees, world.engagements, world.employers.map((one) => ({ id: one.overviewsId })), other.offices, other.employers].flat()
  const accounts = [...world.accounts, { id: randomUUID() }]
  return accounts.flatMap((account) => parties.map((party) => ({ accountId: account.id, partyId: party.id })))
}

/** All claims that hold; one that does not, of a role that ended or is blocked if there is one; and after them, nobody. */
function worthALook(world: World, claims: readonly Claim[]): (Claim | null)[] {
  const isRole = (claim: Claim) => world.roles.some((role) => isSame(role, claim))
  const [holding, others] = [claims.filter((claim) => holdsUp(world, claim)), claims.filter((claim) => !holdsUp(world, claim))]
  return [...[...others.filter(isRole), ...others].slice(0, 1), ...holding, null]
}

function isSame(one: Claim, other: Claim): boolean {
  return one.accountId === other.accountId && one.partyId === other.partyId
}

function differ(seen: Sight, expected: Sight): string[] {
  return things.flatMap((thing) => {
    if (seen[thing].join() === expected[thing].join()) return []
    const hidden = expected[thing].filter((id) => !seen[thing].includes(id)).length
    const leaked = seen[thing].filter((id) => !expected[thing].includes(id)).length
    return [`${thing}: ${hidden} hidden, ${leaked} leaked`]
  })
}

function nameOf(world: World, claim: Claim | null): string {
  if (!claim) return "nobody"
  const account = world.accounts.findIndex((one) => one.id === claim.accountId) + 1
  const party = [...world.offices, ...world.employers, ...world.employees].find((one) => one.id === claim.partyId)
  return `account ${account} for ${party?.name ?? "a party that is not of this world"}`
}

function perThing<T>(make: () => T): Record<Thing, T> {
  return {
    audience: make(),
    office: make(),
    employer: make(),
    engagement: make(),
    employee: make(),
    account: make(),
    role: make(),
    client: make(),
    dossier: make(),
    key: make(),
    file: make(),
    grant: make(),
    read: make(),
    delivery: make(),
    upload: make(),
    item: make(),
    round: make(),
    move: make(),
    link: make(),
    usage: make(),
    withdrawal: make(),
    receiver: make(),
  }
}
