import type { Transaction } from "#platform/database.ts"

/** The invitation of a token, with what is known of its account and party at this moment. `inviter`: the employer of an employee; of an employer its office. */
export type InvitationByToken = {
  partyId: string
  accountId: string
  kind: "employer" | "employee"
  expiresAt: Date
  /** Withdrawn by hand; or ended, when it is the newest. */
  withdrawnAt: Date | null
  triesLeft: number
  isNewest: boolean
  username: string
  hasPassword: boolean
  isBlocked: boolean
  email: string | null
  hasProof: boolean
  inviter: string
}

/** Finds an invitation by the hash of its token; null where there is none, or its account does not act for that party any more. */
export async function findInvitationByToken(tx: Transaction, tokenHash: Uint8Array): Promise<InvitationByToken | null> {
  const [row] = await tx.$queryRaw<InvitationByToken[]>`
    select i.party_id as "partyId", i.account_id as "accountId", a.kind::text as kind, i.expires_at as "expiresAt", coalesce(i.withdrawn_at, i.replaced_at) as "withdrawnAt", i.tries_left as "triesLeft",
           not exists (select from invitation n where n.account_id = i.account_id and (n.created_at, n.id) > (i.created_at, i.id)) as "isNewest",
           c.username, c.password_hash is not null as "hasPassword", (c.blocked_at is not null or r.blocked_at is not null) as "isBlocked",
           coalesce(e.contact_email, w.email) as email, (e.birth_date is not null or w.wage_tax_number <> '') as "hasProof", coalesce(we.name, o.name, w.name) as inviter
    from invitation i
      join account c on c.id = i.account_id
      join audience a on a.id = i.party_id
      join account_role r on r.account_id = i.account_id and r.party_id = i.party_id and r.ended_at is null
      left join employee e on e.id = i.party_id
      left join employer we on we.id = e.employer_id
      left join employer w on w.id = i.party_id
      left join engagement g on g.employer_id = w.id and g.ended_at is null
      left join office o on o.id = g.office_id
    where i.token_hash = ${new Uint8Array(tokenHash)}`
  return row ?? null
}
