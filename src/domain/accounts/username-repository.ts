import type { Transaction } from "#platform/database.ts"

/** Lets those who want one username wait for each other, until the transaction ends. */
export async function holdUsername(tx: Transaction, username: string): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`username ${username}`}, 0))::text`
}

/** Gives an account another username; the one it had is nobody's from then on. */
export async function updateUsername(tx: Transaction, accountId: string, username: string): Promise<void> {
  await tx.account.update({ where: { id: accountId }, data: { username } })
}

/**
 * The accounts for which a link may be asked by a username: whose it is; else those without a password that went by it before their address was
 * corrected, at most five.
 */
export async function findAccountsToLink(tx: Transaction, username: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    with own as (select id from account where username = ${username})
    select id from own
    union
    select f.account_id from former_username f join account a on a.id = f.account_id
      where f.username = ${username} and a.password_hash is null and not exists (select from own)
    order by id limit 5`
  return rows.map(({ id }) => id)
}

/** Notes what an account went by. */
export async function insertFormerUsername(tx: Transaction, former: { accountId: string; username: string; createdAt: Date }): Promise<void> {
  await tx.formerUsername.createMany({ data: [former], skipDuplicates: true })
}

/** Forgets what an account went by before. */
export async function deleteFormerUsernames(tx: Transaction, accountId: string): Promise<void> {
  await tx.formerUsername.deleteMany({ where: { accountId } })
}

/** The password's hash of an account, or null when it has none. */
export async function findPasswordHash(tx: Transaction, accountId: string): Promise<string | null> {
  const account = await tx.account.findUnique({ where: { id: accountId }, select: { passwordHash: true } })
  return account?.passwordHash ?? null
}

/** The accounts that are mailed at an address, however its capitals were typed, those with a password first, at most fifty; blocked ones and those without a live role are left out. */
export async function findAccountsAt(tx: Transaction, address: string): Promise<{ id: string; username: string }[]> {
  return tx.$queryRaw<{ id: string; username: string }[]>`
    with at as (
      select a.id from account a where lower(a.email) = lower(${address})
      union
      select r.account_id from office o join account_role r on r.party_id = o.id and r.ended_at is null and r.blocked_at is null where lower(o.email) = lower(${address})
      union
      select r.account_id from employer e join account_role r on r.party_id = e.id and r.ended_at is null and r.blocked_at is null where lower(e.email) = lower(${address})
      union
      select r.account_id from employee e join account_role r on r.party_id = e.id and r.ended_at is null and r.blocked_at is null
        where lower(e.contact_email) = lower(${address}) or lower(e.private_email) = lower(${address}))
    select a.id, a.username from account a
    where a.id in (select id from at) and a.blocked_at is null and (a.email is null or lower(a.email) = lower(${address}))
      and exists (select from account_role r where r.account_id = a.id and r.ended_at is null and r.blocked_at is null)
    order by a.password_hash is null, a.username limit 50`
}
