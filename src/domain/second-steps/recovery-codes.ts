import { randomBytes } from "node:crypto"
import type { Transaction } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { blindIndex } from "#platform/secrets.ts"
import { recoveryCodes } from "#policy/second-step-rules.ts"
import { replaceRecoveryCodes, useRecoveryCode } from "./recovery-repository.ts"

/** Letters and digits that nobody takes for another (Crockford's base 32). */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
const letters = 24
/** Those of before were shorter, and are good until they are used or made anew. */
const shortest = 16

/** Makes a new set of codes of 120 bits in the place of the old one, and returns them, to be shown once: only keyed hashes are kept. */
export async function makeRecoveryCodes(tx: Transaction, accountId: string, now: Date): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodes }, () => Array.from(randomBytes(letters), (byte) => alphabet[byte % 32]).join(""))
  await replaceRecoveryCodes(tx, accountId, codes.map((code) => ({ id: newId(), hash: hashOf(accountId, code) })), now)
  return codes.map((code) => code.replace(/(.{4})(?=.)/g, "$1-"))
}

/** Uses a code up, however its letters are grouped and written. False when the account has no such code that is still good. */
export async function spendRecoveryCode(tx: Transaction, accountId: string, text: string, now: Date): Promise<boolean> {
  const code = text.toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1")
  return code.length >= shortest && code.length <= letters && useRecoveryCode(tx, accountId, hashOf(accountId, code), now)
}

function hashOf(accountId: string, code: string): Uint8Array<ArrayBuffer> {
  return blindIndex("recovery-code", `${accountId}:${code}`)
}
