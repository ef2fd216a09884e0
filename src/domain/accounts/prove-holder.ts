import type { Transaction } from "#platform/database.ts"
import { Invalid, TooMany } from "#policy/errors.ts"
import { normaliseWageTaxNumber } from "#policy/wage-tax-number.ts"
import { recordEvents } from "../audit/record-event.ts"
import { noteWrongProof } from "../invitations/first-password.ts"
import type { AccountHolder } from "./account-repository.ts"
import { spendTry, type PasswordLinkRow } from "./link-repository.ts"
import { checkFor } from "./view-password-link.ts"

/** How many tries are left after a wrong one: of the link, and of the person over all links (null for who was never invited). */
export type TriesLeft = { ofLink: number; ofPerson: number | null }

/**
 * Whether who has this link, which the transaction holds, is who the account is for: null when so. A wrong date of birth or wage tax number costs a try of the
 * link and one of the person, when the caller lets the transaction stand.
 */
export async function proveHolder(tx: Transaction, { link, holder, proof }: { link: PasswordLinkRow; holder: AccountHolder; proof: string | null }): Promise<TriesLeft | null> {
  if (proves(holder, proof)) return null
  await spendTry(tx, link.id)
  const ofPerson = await noteWrongProof(tx, holder.id)
  await recordEvents(tx, [{ chainId: holder.id, kind: "account.password-link-refused", subjectId: link.id }])
  return { ofLink: link.triesLeft - 1, ofPerson }
}

/** The refusal after a wrong proof: Invalid with what is left, at the field "proof"; TooMany after the last. */
export function refusalOf({ ofLink, ofPerson }: TriesLeft): Invalid | TooMany {
  if (ofPerson === 0) return new TooMany("invitation-tries-used")
  if (ofLink < 1) return new TooMany("link-tries-used")
  return new Invalid("proof-wrong", { field: "proof", left: Math.min(ofLink, ofPerson ?? ofLink) })
}

function proves(holder: AccountHolder, proof: string | null): boolean {
  const check = checkFor(holder)
  if (check === "none") return true
  const given = proof?.trim() ?? ""
  if (check === "birth-date") return holder.parties.some((party) => party.birthDate !== null && party.birthDate === given)
  return holder.parties.some((party) => party.wageTaxNumber !== null && party.wageTaxNumber === normaliseWageTaxNumber(given))
}
