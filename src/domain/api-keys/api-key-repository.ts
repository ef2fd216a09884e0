import type { Reader, Transaction } from "#platform/database.ts"
import { isApiScope, type ApiScope } from "#policy/api-scopes.ts"
import { RANKS, type Rank } from "#policy/ranks.ts"
import type { PartyKind } from "#policy/viewer.ts"

/** A key as its party's owners see it. `clients` is null for all of them; `heldBy` the account on whose authority it works. */
export type ApiKeyRow = {
  id: string
  name: string
  hint: string
  scopes: ApiScope[]
  clients: { id: string; name: string }[] | null
  heldBy: { id: string; name: string | null; username: string }
  createdAt: Date
  expiresAt: Date | null
  lastUsedAt: Date | null
}

/** The keys of a party that were not revoked, in sight of its owner, the newest first. */
export async function findKeys(tx: Transaction, partyId: string): Promise<ApiKeyRow[]> {
  const rows = await tx.apiKey.findMany({
    where: { partyId, revokedAt: null },
    orderBy: { id: "desc" },
    select: {
      id: true, name: true, hint: true, scopes: true, onlySomeClients: true, createdAt: true, expiresAt: true, lastUsedAt: true,
      holder: { select: { id: true, name: true, username: true } },
      clients: { select: { employer: { select: { id: true, name: true } } } },
    },
  })
  return rows.map(({ holder, clients, onlySomeClients, scopes, ...row }) => ({
    ...row,
    scopes: scopes.filter(isApiScope),
    clients: onlySomeClients ? clients.map(({ employer }) => employer).sort((a, b) => a.name.localeCompare(b.name, "nl")) : null,
    heldBy: holder,
  }))
}

export type NewKey = {
  id: string
  partyId: string
  name: string
  hint: string
  secretHash: Uint8Array<ArrayBuffer>
  scopes: ApiScope[]
  rank: string
  clients: readonly string[] | null
  heldBy: string
  createdAt: Date
  expiresAt: Date | null
}

/** Adds a key with its clients. As the system. */
export async function insertKey(tx: Transaction, { clients, ...key }: NewKey): Promise<void> {
  await tx.apiKey.createMany({ data: [{ ...key, onlySomeClients: clients !== null }] })
  if (clients) await tx.apiKeyClient.createMany({ data: clients.map((employerId) => ({ keyId: key.id, employerId })) })
}

/** How many keys of a party were not revoked. As the system. */
export async function countKeys(tx: Transaction, partyId: string): Promise<number> {
  return tx.apiKey.count({ where: { partyId, revokedAt: null } })
}

/** Changes a key of a party that was not revoked; false when there is none. As the system. */
export async function updateKey(tx: Transaction, which: { id: string; partyId: string }, changed: { revokedAt: Date } | { heldBy: string }): Promise<boolean> {
  return (await tx.apiKey.updateMany({ where: { ...which, revokedAt: null }, data: changed })).count === 1
}

/** Which of these accounts are owners of a party at this moment, and not blocked. As the system. */
export async function findLiveOwners(tx: Transaction, partyId: string): Promise<string[]> {
  const roles = await tx.accountRole.findMany({ where: { partyId, endedAt: null, blockedAt: null, rank: "owner", account: { blockedAt: null } }, select: { accountId: true } })
  return roles.map(({ accountId }) => accountId)
}

/** Lets those who change one party's keys wait for each other, until the transaction ends. */
export async function holdKeys(tx: Transaction, partyId: string): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`api-keys:${partyId}`}, 0))::text`
}

/** Which of these employers an office works for now. As the system. */
export async function findServed(tx: Transaction, officeId: string, employerIds: readonly string[]): Promise<Set<string>> {
  const found = await tx.engagement.findMany({ where: { officeId, endedAt: null, employerId: { in: [...employerIds] } }, select: { employerId: true } })
  return new Set(found.map(({ employerId }) => employerId))
}

export type LiveKey = { id: string; partyId: string; kind: PartyKind; rank: Rank; name: string; scopes: ApiScope[]; lastUsedAt: Date | null }

type FoundKey = Omit<LiveKey, "rank" | "scopes"> & { rank: string; scopes: string[] }

/** The key with this secret, if it works now. One statement, for every request. */
export async function findLiveKey(reader: Reader, secretHash: Uint8Array): Promise<LiveKey | null> {
  const [row] = await reader.$queryRaw<FoundKey[]>`
    select k.id, k.party_id as "partyId", l.kind::text as kind, k.rank, k.name, k.scopes, k.last_used_at as "lastUsedAt"
    from api_key k cross join lateral live_key(k.id) l where k.secret_hash = ${secretHash}`
  return row ? { ...row, rank: RANKS.find((rank) => rank === row.rank) ?? "reader", scopes: row.scopes.filter(isApiScope) } : null
}

/** Writes down that a key was used. */
export async function touchKey(tx: Transaction, id: string, now: Date): Promise<void> {
  await tx.apiKey.updateMany({ where: { id, revokedAt: null }, data: { lastUsedAt: now } })
}

/** Counts one more request of a key in the minute that began at `windowAt`; how many there are now. */
export async function countUse(reader: Reader, keyId: string, windowAt: Date): Promise<number> {
  const [row] = await reader.$queryRaw<{ count: number }[]>`
    insert into api_key_use as u (key_id, window_at, count) values (${keyId}::uuid, ${windowAt}, 1)
    on conflict (key_id) do update set count = case when u.window_at = excluded.window_at then u.count + 1 else 1 end, window_at = excluded.window_at
    returning count`
  return row?.count ?? 0
}

/** What a key is called. As the system. */
export async function findKeyName(tx: Transaction, id: string): Promise<string | null> {
  return (await tx.apiKey.findUnique({ where: { id }, select: { name: true } }))?.name ?? null
}
