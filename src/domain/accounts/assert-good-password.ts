import { whyGuessable } from "#platform/password-strength.ts"
import { Invalid } from "#policy/errors.ts"
import { contextWords, judgePassword } from "#policy/password-rules.ts"
import type { AccountHolder } from "./account-repository.ts"

/**
 * Refuses a new password that is too short (it may be shorter behind a second step), too long, made of the holder's own words, or easily guessed: Invalid
 * with the reason, at the field "password".
 */
export async function assertGoodPassword(password: string, about: { holder: AccountHolder; username: string; hasSecondStep: boolean }): Promise<void> {
  const { holder, username, hasSecondStep } = about
  const own = [username, ...holder.parties.flatMap((party) => [party.name, party.birthDate?.slice(0, 4) ?? ""]), ...contextWords].filter(Boolean)
  const problem = judgePassword(password, { own, hasSecondStep }) ?? (await whyGuessable(password, own))
  if (problem) throw new Invalid(problem, { field: "password" })
}
