import type { Transaction } from "#platform/database.ts"
import type { PartyKind } from "#policy/viewer.ts"

/** What kind of party an account may act for, when it holds a live role for that one and is not blocked; else null. */
export async function findLiveRole(tx: Transaction, accountId: string, partyId: string): Promise<PartyKind | null> {
  const [role] = await tx.$queryRaw<{ kind: PartyKind }[]>`
    select kind::text as kind from live_roles(${accountId}::uuid) where party = ${partyId}::uuid`
  return role?.kind ?? null
}

/** Gives an account a role more. */
export async function insertRole(tx: Transaction, role: { id: string; accountId: string; partyId: string }): Promise<void> {
  await tx.accountRole.createMany({ data: [role] })
}
