import { readAsViewer } from "#platform/database.ts"
import { Forbidden } from "#policy/errors.ts"
import { reasonOfFailure, type MailReason } from "#policy/mail-reasons.ts"
import { seesParty } from "#policy/ranks.ts"
import type { Viewer } from "#policy/viewer.ts"
import { isMailKind, type MailKind } from "./mail-kinds.ts"
import { countMails, findMailLines, MAIL_STATES, type MailCounts, type MailLineRow, type MailState } from "./mail-list-repository.ts"
import { mayRetry } from "./retry-mail.ts"

export type { MailCounts, MailState }

/** One mail: to whom, what, and how it went. `at`: when it was sent, or queued. */
export type MailLine = Pick<MailLineRow, "id" | "state" | "deliveryId" | "employerId" | "partyName" | "person"> & { kind: MailKind; reason: MailReason | null; at: Date; mayRetry: boolean }

/** A page of mails. `next` asks for what is older, where there is more. A count of `mostCounted` means that many or more. */
export type MailPage = { counts: MailCounts; mails: MailLine[]; next: string | null }

export const mostCounted = 1001
const perPage = 50

/**
 * The mails that were sent for the viewer's office, its clients or its business, newest first; of one delivery, or in one state, where that is asked. What
 * concerns an account itself (a password, an address) is not among them. Forbidden for an employee, and for who sees only the overviews of an employer.
 */
export async function listMails(viewer: Viewer, input: { deliveryId: string | null; state: MailState | null; after: string | null }): Promise<MailPage> {
  assertSees(viewer)
  const before = cursorIn(input.after)
  return readAsViewer(viewer, async (reader) => {
    const filter = { deliveryId: input.deliveryId, states: input.state ? [input.state] : MAIL_STATES, before }
    const [counts, found] = await Promise.all([countMails(reader, input.deliveryId, mostCounted), findMailLines(reader, filter, perPage + 1)])
    const last = found.length > perPage ? found[perPage - 1] : undefined
    return { counts, mails: found.slice(0, perPage).flatMap(toLine), next: last ? `${last.queuedAt.toISOString()}_${last.id}` : null }
  })
}

/** How many mails of one delivery wait, are sent, and did not arrive, as far as the viewer sees them. */
export async function countMailsOf(viewer: Viewer, input: { deliveryId: string }): Promise<MailCounts> {
  assertSees(viewer)
  return readAsViewer(viewer, (reader) => countMails(reader, input.deliveryId, mostCounted))
}

function assertSees(viewer: Viewer): void {
  if (viewer.kind === "employee" || !seesParty(viewer.rank)) throw new Forbidden()
}

function toLine({ kind, failure, queuedAt, sentAt, ...row }: MailLineRow): MailLine[] {
  if (!isMailKind(kind)) return []
  return [{ ...row, kind, reason: row.state === "failed" ? reasonOfFailure(failure) : null, at: sentAt ?? queuedAt, mayRetry: row.state === "failed" && mayRetry(kind) }]
}

/** What stands in an address is not trusted: what is no cursor begins anew. */
function cursorIn(text: string | null): { at: Date; id: string } | null {
  const [, time = "", id = ""] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f-]{36})$/.exec(text ?? "") ?? []
  const at = new Date(time)
  return Number.isNaN(at.getTime()) || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? null : { at, id }
}
