import type { Transaction } from "#platform/database.ts"
import { findWorkers } from "../accounts/find-workers.ts"
import type { MailKind } from "../mails/mail-kinds.ts"
import { queueMails } from "../mails/queue-mails.ts"
import { findEmployerById } from "../parties/find-employer.ts"
import { findOfficeById } from "../parties/find-office.ts"
import { findOfficeOf } from "./reminder-repository.ts"

/** Whose a back-up is: an office, also of a client that left, or an employer. */
export type BackupOwner = { partyId: string; kind: "office" | "employer" }

/** Whose back-ups of an engagement, also one that has ended, or of an employer are. As the system. */
export async function ownerOf(tx: Transaction, { audienceId, employerId }: { audienceId: string; employerId: string }): Promise<BackupOwner | null> {
  if (audienceId === employerId) return { partyId: employerId, kind: "employer" }
  const officeId = await findOfficeOf(tx, audienceId)
  return officeId ? { partyId: officeId, kind: "office" } : null
}

/** Mails the owners of an office or employer about its back-ups. No name is in it. As the system. */
export async function tellOwners(tx: Transaction, { partyId, kind }: BackupOwner, employerId: string, news: Extract<MailKind, "backup-damaged" | "backup-missed" | "backup-ending">, now: Date): Promise<void> {
  const party = kind === "office" ? await findOfficeById(tx, partyId) : await findEmployerById(tx, partyId)
  const owners = await findWorkers(tx, { partyId, partyEmail: party?.email ?? null, employerId, onlyOwners: true })
  await queueMails(tx, owners.map(({ accountId, email }) => ({ kind: news, accountId, toAddress: email })), now)
}
