import { asSystem, asViewer, type Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { hashSecret, newSecret } from "#platform/secrets.ts"
import { apiLimits } from "#policy/api-limits.ts"
import { apiScopes, rankForScopes, scopesFor, type ApiScope } from "#policy/api-scopes.ts"
import { Conflict, Forbidden, Invalid, NotFound } from "#policy/errors.ts"
import type { EventKind } from "#policy/events.ts"
import type { Viewer } from "#policy/viewer.ts"
import { tellOfChange } from "../accounts/tell-of-change.ts"
import { recordEvents } from "../audit/record-event.ts"
import { runsPayroll } from "../parties/runs-payroll.ts"
import { assertOwner } from "../staff/list-staff.ts"
import { countKeys, findLiveOwners, findServed, holdKeys, insertKey, updateKey } from "./api-key-repository.ts"

/** What every key begins with, so that a scanner for secrets knows one. */
export const keyPrefix = "ld_live_"

/** `clients` are ids of employers, null for all; `days` how long it lives, null until it is revoked. */
export type MakeKeyInput = { name: string; scopes: readonly ApiScope[]; clients: readonly string[] | null; days: number | null }

/**
 * Makes a key for the viewer's office or business, and mails its owners. The secret is told this once: what is kept is a hash. Forbidden for who is no
 * owner; Invalid for a scope or client that is not to be had here, or a scope that is not to be had for some clients; Conflict "api-keys-too-many".
 */
export async function makeKey(viewer: Viewer, input: MakeKeyInput, now: Date): Promise<{ keyId: string; secret: string }> {
  assertOwner(viewer)
  const allowed = scopesFor({ runsPayroll: await asViewer(viewer, (tx) => runsPayroll(tx, viewer)) })
  const scopes = allowed.filter((scope) => input.scopes.includes(scope))
  if (input.scopes.some((scope) => !allowed.includes(scope))) throw new Invalid("api-scope-not-here", { field: "scope" })
  if (scopes.length === 0) throw new Invalid("api-scopes-none", { field: "scope" })
  if (input.clients !== null && scopes.some((scope) => apiScopes[scope].ofAll)) throw new Invalid("api-scope-of-all", { field: "scope" })
  const secret = `${keyPrefix}${newSecret()}`
  const keyId = newId()
  await asOwner(viewer, async (tx) => {
    if ((await countKeys(tx, viewer.partyId)) >= apiLimits.keys) throw new Conflict("api-keys-too-many", { most: apiLimits.keys })
    await assertClients(tx, viewer, input.clients)
    const { accountId: heldBy, partyId } = viewer
    const expiresAt = input.days === null ? null : new Date(now.getTime() + input.days * 24 * 60 * 60_000)
    const made = { id: keyId, partyId, name: input.name.trim(), hint: secret.slice(-4), secretHash: hashSecret(secret), scopes }
    await insertKey(tx, { ...made, rank: rankForScopes(scopes), clients: input.clients, heldBy, createdAt: now, expiresAt })
    await note(tx, viewer, "api-key.made", keyId, { scopes: scopes.length, clients: input.clients?.length ?? "all" })
    for (const accountId of await findLiveOwners(tx, partyId)) await tellOfChange(tx, accountId, "api-key-made", now)
  })
  return { keyId, secret }
}

/** Ends a key at once: the next request with it is refused. NotFound for one that is not the party's, or ended before. */
export async function revokeKey(viewer: Viewer, input: { keyId: string }, now: Date): Promise<void> {
  await asOwner(viewer, async (tx) => {
    if (!(await updateKey(tx, { id: input.keyId, partyId: viewer.partyId }, { revokedAt: now }))) throw new NotFound()
    await note(tx, viewer, "api-key.revoked", input.keyId)
  })
}

/** Lets a key that rests, because its holder is no owner any more, work again on the viewer's authority, and mails the owners. NotFound for one that is not the party's. */
export async function takeOverKey(viewer: Viewer, input: { keyId: string }, now: Date): Promise<void> {
  await asOwner(viewer, async (tx) => {
    if (!(await updateKey(tx, { id: input.keyId, partyId: viewer.partyId }, { heldBy: viewer.accountId }))) throw new NotFound()
    await note(tx, viewer, "api-key.taken-over", input.keyId)
    for (const accountId of await findLiveOwners(tx, viewer.partyId)) await tellOfChange(tx, accountId, "api-key-made", now)
  })
}

/** As the system, because no viewer may write keys; so whether the viewer is an owner is asked again here. */
async function asOwner(viewer: Viewer, work: (tx: Transaction) => Promise<void>): Promise<void> {
  assertOwner(viewer)
  await asSystem("api-key", async (tx) => {
    await holdKeys(tx, viewer.partyId)
    if (!(await findLiveOwners(tx, viewer.partyId)).includes(viewer.accountId)) throw new Forbidden("owners-only")
    await work(tx)
  })
}

async function assertClients(tx: Transaction, { kind, partyId }: Viewer, clients: readonly string[] | null): Promise<void> {
  if (clients === null) return
  if (kind !== "office") throw new Invalid("invalid", { field: "clients" })
  if (clients.length === 0) throw new Invalid("clients-none", { field: "clients" })
  const served = await findServed(tx, partyId, clients)
  if (clients.some((id) => !served.has(id))) throw new NotFound()
}

async function note(tx: Transaction, { accountId, partyId }: Viewer, kind: EventKind, keyId: string, details?: Record<string, string | number>): Promise<void> {
  const event = { chainId: partyId, kind, accountId, partyId, subjectId: keyId }
  await recordEvents(tx, [details ? { ...event, details } : event])
}
