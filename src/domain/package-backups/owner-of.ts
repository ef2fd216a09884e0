import type { Transaction } from "#platform/database.ts"
import { findWorkers } from "../accounts/find-workers.ts"
import type { MailKind } from "../mails/mail-kinds.ts"
import { queueMails } from "../mails/queue-mails.ts"
import { findEmployerById } from "../parties/find-employer.ts"
import { findOfficeById } from "../parties/find-office.ts"
import { findOfficeOf } from "./reminder-repository.ts"

/** Whose a back-up is: the office of a live engagement, or an employer. */
export type BackupOwner = { partyId: string; kind: "office" | "employer" }

/** Whose back-ups of an engagement or employer are; null when the engagement has ended, so that they are nobody's to see. As the system. */
export async function ownerOf(tx: Transaction, { audienceId, employerId }: { audienceId: string; employerId: string }): Promise<BackupOwner | null> {
  if (audienceId === employerId) return { partyId: employerId, kind: "employer" }
  const officeId = await findOfficeOf(tx, audienceId)
  return officeId ? { partyId: officeId, kind: "office" } : null
}

/** Mails the owners of an office or employer about its back-ups. No name is in it. As the system. */
export async function tellOwners(tx: Transaction, { partyId, kind }: BackupOwner, employerId: string, news: Extract<MailKind, "backup-damaged" | "backup-missed">, now: Date): Promise<void> {
  const party = kind === "office" ? await findOfficeById(tx, partyId) : await findEmployerById(tx, partyId)
  const owners = await findWorkers(tx, { partyId, partyEmail: party?.email ?? null, employerId, onlyOwners: true })
  await queueMails(tx, owners.map(({ accountId, email }) => ({ kind: news, accountId, toAddress: email })), now)
}
