import type { Reader, Transaction } from "#platform/database.ts"
import type { MailWords, TextKind } from "#policy/mail-texts.ts"

export type TextRow = MailWords & { id: string; partyId: string | null; kind: string; locale: string; changedBy: string | null; changedAt: Date }

const shown = { id: true, partyId: true, kind: true, locale: true, subject: true, before: true, after: true, changedBy: true, changedAt: true } as const

/** The words in sight of the viewer: the own ones, of the office that works for it, and of the operator; of one mail where asked. */
export async function findTexts(tx: Transaction, kind?: TextKind): Promise<TextRow[]> {
  return tx.mailText.findMany({ where: kind ? { kind } : {}, select: shown })
}

/** The words of one party (null: the operator) for one mail in one language; held until the transaction ends. */
export async function holdText(tx: Transaction, { partyId, kind, locale }: { partyId: string | null; kind: TextKind; locale: string }): Promise<TextRow | null> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`mail-text:${partyId}:${kind}:${locale}`}, 0))::text`
  return tx.mailText.findFirst({ where: { partyId, kind, locale }, select: shown })
}

/** Puts words in the place of those that there are. */
export async function replaceText(tx: Transaction, before: string | null, row: TextRow): Promise<void> {
  if (before) await deleteText(tx, before)
  await tx.mailText.createMany({ data: [row] })
}

/** Removes words, so that those further up count. */
export async function deleteText(tx: Transaction, id: string): Promise<void> {
  await tx.mailText.deleteMany({ where: { id } })
}

/** By what names those who changed words are known. As the system: they may be gone since. */
export async function findChangers(reader: Reader, accountIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await reader.$queryRaw<{ id: string; name: string }[]>`select id, coalesce(name, username) as name from account where id = any (${[...accountIds]}::uuid[])`
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** What the viewer's office and business are called. */
export async function findNames(tx: Transaction, partyId: string): Promise<{ employer: string | null; office: string | null }> {
  const [row] = await tx.$queryRaw<{ employer: string | null; office: string | null }[]>`
    select (select name from employer where id = ${partyId}::uuid) as employer,
      coalesce((select name from office where id = ${partyId}::uuid),
        (select o.name from engagement g join office o on o.id = g.office_id where g.employer_id = ${partyId}::uuid and g.ended_at is null)) as office`
  return row ?? { employer: null, office: null }
}

export type Sending = { employer: string | null; office: string | null; subject: string | null; before: string | null; after: string | null }

/** What those are called for whom a mail is sent, and the nearest words there are: of these two, or of the operator. As the system. */
export async function findSending(reader: Reader, asked: { kind: TextKind; locale: string; employerId: string | null; officeId: string | null; byEmployer: boolean }): Promise<Sending> {
  const { kind, locale, employerId, officeId, byEmployer } = asked
  const [row] = await reader.$queryRaw<Sending[]>`
    select e.name as employer, o.name as office, t.subject, t.before, t.after
    from (select 1) as one
      left join employer e on e.id = ${employerId}::uuid
      left join office o on o.id = ${officeId}::uuid
      left join lateral (
        select * from mail_text m
        where m.kind = ${kind} and m.locale = ${locale} and (m.party_id is null or m.party_id = o.id or (${byEmployer} and m.party_id = e.id))
        order by m.party_id is null, m.party_id = o.id limit 1
      ) as t on true`
  return row ?? { employer: null, office: null, subject: null, before: null, after: null }
}
