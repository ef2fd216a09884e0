import { asSystem } from "#platform/database.ts"
import { hashSecret } from "#platform/secrets.ts"
import { findAccountHolder, type AccountHolder } from "./account-repository.ts"
import { findPasswordLink } from "./link-repository.ts"
import { passwordLinkState, type LinkState } from "./link-state.ts"

/** What is asked beside the link before a first password: nothing for an office, for who works for a party, or when there was a password before. */
export type IdentityCheck = "birth-date" | "wage-tax-number" | "none"

/** `usernameIsFixed`: an office signs in with its client number, which it cannot change. */
export type PasswordLinkView =
  | { state: "open"; check: IdentityCheck; username: string; usernameIsFixed: boolean; triesLeft: number }
  | { state: Exclude<LinkState, "open"> | "no-proof" }

/** What a link can still do. Looking uses nothing up: a mail scanner that opens every link does no harm. */
export async function viewPasswordLink(token: string, now: Date): Promise<PasswordLinkView> {
  return asSystem("password-link", async (tx) => {
    const link = await findPasswordLink(tx, hashSecret(token))
    const holder = link && (await findAccountHolder(tx, { id: link.accountId }))
    if (!holder || holder.blocked) return { state: "unknown" }
    const state = await passwordLinkState(tx, link, holder, now)
    if (state !== "open") return { state }
    const usernameIsFixed = hasFixedUsername(holder)
    const check = checkFor(holder)
    if (check === "missing") return { state: "no-proof" }
    return { state, check, username: holder.username, usernameIsFixed, triesLeft: link.triesLeft }
  })
}

/** An office's own account goes by its client number; that of somebody who works there does not. */
export function hasFixedUsername(holder: AccountHolder): boolean {
  return holder.email === null && holder.parties.some((party) => party.kind === "office")
}

/** Which check stands before this account's first password; "missing" where payroll knows nothing to ask: then there is no first password. */
export function checkFor(holder: AccountHolder): IdentityCheck | "missing" {
  if (holder.hasPassword || holder.email !== null) return "none"
  if (holder.parties.some((party) => party.birthDate)) return "birth-date"
  if (holder.parties.some((party) => party.wageTaxNumber)) return "wage-tax-number"
  return holder.parties.some((party) => party.kind === "office") ? "none" : "missing"
}
