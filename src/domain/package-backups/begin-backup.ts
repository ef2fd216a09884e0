import { newDossierKey } from "#platform/age-files.ts"
import { asSystem, asViewer, type Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { backupRules, isBackupYear } from "#policy/backup-rules.ts"
import { Invalid, NotFound, TooMany } from "#policy/errors.ts"
import { cleanFileName } from "#policy/file-name.ts"
import { assertMayChange } from "#policy/may-change.ts"
import type { Viewer } from "#policy/viewer.ts"
import { nameOfHolder } from "../accounts/name-of.ts"
import { nameOfKey } from "../api-keys/name-of-key.ts"
import { findEmployerById } from "../parties/find-employer.ts"
import { findOfficeById } from "../parties/find-office.ts"
import { findBackup, findBackupKey, holdBackups, insertBackupKey } from "./backup-repository.ts"
import type { BackupView } from "./backup-views.ts"
import { audienceOf, toView } from "./own-backup.ts"
import { countComing, insertBackup } from "./upload-repository.ts"

/** `sha256`: of all of it, in hexadecimal, as its sender has it; null where the sender cannot tell. `backupId`: the id that it is to have, where that was planned. */
export type BeginBackupInput = { employerId: string | null; name: string; length: number; year: number; sha256: string | null; description: string; backupId?: string }

/**
 * Begins the upload of a back-up of an employer's payroll year; under a planned id, once. Invalid "upload-empty", "backup-too-large", "backup-year",
 * "backup-sha256" or "backup-description"; TooMany "backups-unfinished". Refuses as audienceOf does, and Forbidden "reader".
 */
export async function beginBackup(viewer: Viewer, input: BeginBackupInput, now: Date): Promise<BackupView> {
  assertMayChange(viewer)
  const description = cleanDescription(input.description)
  const { length, year, sha256 } = input
  if (length === 0) throw new Invalid("upload-empty")
  if (length > backupRules.mostBytes) throw new Invalid("backup-too-large", { gigabytes: 4 })
  if (!isBackupYear(year, now)) throw new Invalid("backup-year", { field: "year" })
  if (sha256 !== null && !/^[0-9a-f]{64}$/i.test(sha256)) throw new Invalid("backup-sha256", { field: "sha256" })
  const beganByName = await asSystem("backup", (tx) => nameOf(tx, viewer))
  return asViewer(viewer, async (tx) => {
    const { audienceId, employerId } = await audienceOf(tx, viewer, input.employerId)
    await holdBackups(tx, audienceId)
    const id = input.backupId ?? newId()
    const known = await findBackup(tx, id)
    if (known) return toView(known)
    if ((await countComing(tx, audienceId, new Date(now.getTime() - backupRules.lifetime))) >= backupRules.unfinished) throw new TooMany("backups-unfinished", { most: backupRules.unfinished })
    if (!(await findBackupKey(tx, audienceId))) await insertBackupKey(tx, audienceId, await newDossierKey(audienceId))
    const told = sha256 === null ? null : new Uint8Array(Buffer.from(sha256, "hex"))
    await insertBackup(tx, { id, audienceId, employerId, year, length, description, name: cleanFileName(input.name), sha256: told, beganBy: viewer.accountId, beganByName, beganAt: now })
    const begun = await findBackup(tx, id)
    if (!begun) throw new NotFound()
    return toView(begun)
  })
}

/** A description as it is kept: on one line. Invalid "backup-description" when it is too long. */
export function cleanDescription(text: string): string {
  const clean = text.toWellFormed().normalize("NFC").replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").trim()
  if ([...clean].length > backupRules.description) throw new Invalid("backup-description", { field: "description", most: backupRules.description })
  return clean
}

/** What whoever sends is called now: a key, a colleague, or the office or employer itself. */
async function nameOf(tx: Transaction, { accountId, kind, partyId }: Viewer): Promise<string> {
  const own = (await nameOfKey(tx, accountId)) ?? (await nameOfHolder(tx, accountId))
  return own ?? (kind === "office" ? (await findOfficeById(tx, partyId))?.name : (await findEmployerById(tx, partyId)).name) ?? ""
}
