/** What holds for back-ups of the payroll package. */
export const backupRules = {
  /** The most that one may weigh, in bytes: 4 GB. */
  mostBytes: 4_294_967_296,
  /** The most that a plain form takes in, in bytes. */
  formBytes: 100_000_000,
  /** So many of a payroll year are kept; the oldest goes when one more lands. Pinned ones stand beside them. */
  kept: 5,
  /** The most pinned ones of a payroll year. */
  pinned: 5,
  /** The most that one office's client or employer may have begun and not finished. */
  unfinished: 10,
  /** How long an upload may take, and what was refused is still told, in milliseconds: a week. */
  lifetime: 7 * 24 * 60 * 60_000,
  /** A back-up is read whole again when that was so long ago, in milliseconds: six days, so that each is at least once a week. */
  checkEvery: 6 * 24 * 60 * 60_000,
  /** The most pieces: a line that breaks every 250 kB still brings in 4 GB. */
  pieces: 16_000,
  /** The longest description, in characters. */
  description: 200,
  /** The most days of a reminder. */
  reminderDays: 366,
  /** How long those of a client that left stay, and how long before the end the owners are told once more, in milliseconds: 90 days and two weeks. */
  former: { stays: 90 * 24 * 60 * 60_000, warned: 14 * 24 * 60 * 60_000 },
  /** Payroll years from now backwards and forwards. */
  years: { back: 10, ahead: 1 },
} as const

export const BACKUP_STATES = ["coming", "checking", "kept", "refused"] as const

/** coming: bytes are missing; checking: all of it is in and is being read; kept: it is a back-up; refused: it is not what its sender said. */
export type BackupState = (typeof BACKUP_STATES)[number]

/** Whether a back-up of this payroll year can come in now. */
export function isBackupYear(year: number, now: Date): boolean {
  const present = now.getUTCFullYear()
  return Number.isInteger(year) && year >= present - backupRules.years.back && year <= present + backupRules.years.ahead
}
