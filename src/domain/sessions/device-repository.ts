import type { Transaction } from "#platform/database.ts"

/** Whether somebody signed in to this account before in the browser with this secret. */
export async function isKnownDevice(tx: Transaction, accountId: string, tokenHash: Uint8Array<ArrayBuffer>): Promise<boolean> {
  return (await tx.knownDevice.count({ where: { accountId, tokenHash } })) > 0
}

/** How many browsers an account knows. */
export async function countDevices(tx: Transaction, accountId: string): Promise<number> {
  return tx.knownDevice.count({ where: { accountId } })
}

/** Remembers a browser, or that it was seen again. */
export async function rememberDevice(tx: Transaction, accountId: string, tokenHash: Uint8Array<ArrayBuffer>, now: Date): Promise<void> {
  await tx.$executeRaw`
    insert into known_device (account_id, token_hash, created_at, last_seen_at) values (${accountId}::uuid, ${tokenHash}, ${now}, ${now})
    on conflict (account_id, token_hash) do update set last_seen_at = excluded.last_seen_at`
}

/** Forgets the browsers of an account that were seen longest ago, but for so many. */
export async function forgetOldDevices(tx: Transaction, accountId: string, keep: number): Promise<void> {
  await tx.$executeRaw`
    delete from known_device where account_id = ${accountId}::uuid and token_hash not in (
      select token_hash from known_device where account_id = ${accountId}::uuid order by last_seen_at desc limit ${keep})`
}

/** Forgets every browser of an account. */
export async function forgetDevices(tx: Transaction, accountId: string): Promise<void> {
  await tx.knownDevice.deleteMany({ where: { accountId } })
}
