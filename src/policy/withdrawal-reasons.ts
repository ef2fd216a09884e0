/** Why a sender withdraws a payroll file. Each has a sentence under "recall.reasons" in the catalogue; what is typed beside it is a note (sender-note.ts). */
export const WITHDRAWAL_REASONS = ["wrong-person", "wrong-amount", "wrong-period", "twice", "other"] as const

export type WithdrawalReason = (typeof WITHDRAWAL_REASONS)[number]

/** The reason that a row names; what no version of this list knows any more is "other". */
export function withdrawalReason(text: string): WithdrawalReason {
  return WITHDRAWAL_REASONS.find((reason) => reason === text) ?? "other"
}
