import type { Transaction } from "#platform/database.ts"

/** What an account chose: its language and theme, and whether it is mailed about new files. `preferencesAt` is null when it never chose. */
export type PreferenceRow = { locale: string; theme: string; mailsOnNewFiles: boolean; preferencesAt: Date | null }

/** The preferences of an account. */
export async function findPreferences(tx: Transaction, accountId: string): Promise<PreferenceRow | null> {
  return tx.account.findUnique({ where: { id: accountId }, select: { locale: true, theme: true, mailsOnNewFiles: true, preferencesAt: true } })
}

/** Keeps the preferences of an account. */
export async function updatePreferences(tx: Transaction, accountId: string, chosen: Omit<PreferenceRow, "preferencesAt"> & { preferencesAt: Date }): Promise<void> {
  await tx.account.updateMany({ where: { id: accountId }, data: chosen })
}

/** Which of these accounts want no mail about new files. */
export async function findMuted(tx: Transaction, accountIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.account.findMany({ where: { id: { in: [...accountIds] }, mailsOnNewFiles: false }, select: { id: true } })
  return new Set(rows.map((row) => row.id))
}
