import { timingSafeEqual } from "node:crypto"
import { asSystem } from "#platform/database.ts"
import { blindIndex } from "#platform/secrets.ts"
import { NotFound } from "#policy/errors.ts"
import { recordEvents } from "../audit/record-event.ts"
import { muteAccount } from "./mail-repository.ts"

/** What a mail carries with which its receiver switches such mails off without signing in: the account's id and a keyed hash of it. It opens nothing else, and does not expire (RFC 8058). */
export function switchOffToken(accountId: string): string {
  return Buffer.concat([idBytes(accountId), proofOf(accountId)]).toString("base64url")
}

/** Switches the mails about new files off for the account that a token is of, as its holder does in the profile. Twice is harmless. NotFound for any other token. */
export async function switchMailsOff({ token }: { token: string }): Promise<void> {
  const accountId = accountOf(token)
  await asSystem("switch-mail-off", async (tx) => {
    if (await muteAccount(tx, accountId)) await recordEvents(tx, [{ chainId: accountId, kind: "account.mails-switched-off", accountId, subjectId: accountId }])
  })
}

function accountOf(token: string): string {
  const bytes = Buffer.from(token, "base64url")
  if (bytes.length !== 32 || bytes.toString("base64url") !== token) throw new NotFound("link-unknown")
  const accountId = bytes.toString("hex", 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")
  if (!timingSafeEqual(bytes.subarray(16), proofOf(accountId))) throw new NotFound("link-unknown")
  return accountId
}

function idBytes(accountId: string): Buffer {
  return Buffer.from(accountId.replaceAll("-", ""), "hex")
}

function proofOf(accountId: string): Uint8Array {
  return blindIndex("mail-off", accountId).subarray(0, 16)
}
