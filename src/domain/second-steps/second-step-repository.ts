import type { Transaction } from "#platform/database.ts"
import type { WaysIn } from "#policy/second-step-rules.ts"

/** The ways in of an account, and how it stands with its second step. */
export type SecondStepRow = WaysIn & { username: string; codeAppSince: Date | null; recoveryLeft: number; mayPutOff: boolean; putOffAt: Date | null }

/** How it stands with an account's ways in. Who acts for an office or employer must have a second step, unless it may put that off. */
export async function findSecondSteps(tx: Transaction, accountId: string): Promise<SecondStepRow | null> {
  const [row] = await tx.$queryRaw<SecondStepRow[]>`
    select c.username, c.password_hash is not null as "hasPassword", t.sealed is not null as "hasCodeApp", t.since as "codeAppSince",
           (select count(*)::int from passkey p where p.account_id = c.id) as passkeys,
           (select count(*)::int from recovery_code r where r.account_id = c.id and r.used_at is null) as "recoveryLeft",
           c.may_put_off_second_step as "mayPutOff", c.put_off_at as "putOffAt",
           not c.may_put_off_second_step and exists (select from live_roles(c.id) l where l.kind::text <> 'employee') as "mustHaveSecondStep"
    from account c left join totp t on t.account_id = c.id
    where c.id = ${accountId}::uuid`
  return row ?? null
}

/** Notes that the holder wants to be asked later. */
export async function updatePutOff(tx: Transaction, accountId: string, now: Date): Promise<void> {
  await tx.account.updateMany({ where: { id: accountId }, data: { putOffAt: now } })
}

/** Notes that a second step may not be put off any more, where one is required. */
export async function requireStep(tx: Transaction, accountId: string): Promise<void> {
  await tx.account.updateMany({ where: { id: accountId }, data: { mayPutOffSecondStep: false } })
}
