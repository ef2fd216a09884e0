import type { BackupState } from "#policy/backup-rules.ts"

/**
 * A back-up as whoever has it in sight sees it. `sha256` in hexadecimal: as its sender said, or as it was found; null until that is known. `checkedAt`: when
 * all of it was last read; `damagedAt`: since when it cannot be read as it came.
 */
export type BackupView = {
  id: string
  employerId: string
  year: number
  name: string
  description: string
  length: number
  received: number
  sha256: string | null
  state: BackupState
  refusal: string | null
  by: string
  beganAt: Date
  landedAt: Date | null
  pinnedAt: Date | null
  checkedAt: Date | null
  damagedAt: Date | null
}

/** A stored piece: its bytes stand at `startsAt` in the back-up. */
export type Piece = { id: string; startsAt: number; size: number }

/** How far an upload is, in bytes. */
export type BackupProgress = { id: string; offset: number; length: number; state: BackupState }
