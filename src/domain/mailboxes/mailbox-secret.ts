import { asSystemOnce } from "#platform/database.ts"
import { ConsentFailed, freshTokens, type MailTokens } from "#platform/mail-consent.ts"
import type { MailServer } from "#platform/mail-server.ts"
import { seal, unseal } from "#platform/secrets.ts"
import { takesTokens } from "#policy/mailbox-presets.ts"
import { isOwnMachine } from "#policy/mailbox-server.ts"
import type { SmtpTrouble } from "#policy/smtp-answers.ts"
import { replaceSecret, type MailboxRow } from "./mailbox-repository.ts"

/** A token is asked anew when it lives no longer than this, in milliseconds. */
const margin = 120_000

/** A password as it is kept: bound to its mailbox. */
export function sealPassword(partyId: string, password: string): Uint8Array<ArrayBuffer> {
  return seal("mailbox", Buffer.from(password), partyId)
}

/** Tokens as they are kept. */
export function sealTokens(partyId: string, { access, refresh, until }: MailTokens): Uint8Array<ArrayBuffer> {
  return seal("mailbox", Buffer.from(JSON.stringify([access, refresh, until.toISOString()])), partyId)
}

/** A mailbox as the mailer uses it, with a token that still lives; or why it cannot be used. Of two that ask for a fresh token at once, both are given one and the first is kept. */
export async function openServer(box: MailboxRow, now: Date): Promise<MailServer | SmtpTrouble> {
  const { partyId, version, host, port, security, username, signInBy, secretSealed, address, name, copy } = box
  const server = { id: partyId, host, port, security, user: username, from: { name, address }, copy }
  if (!secretSealed) return signInBy === "password" ? "wrong-password" : "reconnect"
  const secret = unseal("mailbox", secretSealed, partyId).toString()
  if (signInBy === "password") return { ...server, edition: `${version}`, secret: { password: secret } }
  if (!takesTokens(signInBy, host) && !isOwnMachine(host)) return "reconnect"
  const tokens = readTokens(secret)
  try {
    const live = tokens.until.getTime() - now.getTime() > margin ? tokens : await freshTokens(signInBy, tokens, now)
    if (live !== tokens) await replaceSecret(asSystemOnce("mailbox"), { partyId, version, before: secretSealed, after: sealTokens(partyId, live) })
    return { ...server, edition: `${version}-${live.until.getTime()}`, secret: { token: live.access } }
  } catch (error) {
    if (!(error instanceof ConsentFailed)) throw error
    return error.code === "refused" ? "reconnect" : "consent-unreachable"
  }
}

function readTokens(secret: string): MailTokens {
  const parts: unknown = JSON.parse(secret)
  const [access = "", refresh = "", until = ""] = Array.isArray(parts) ? parts.map(String) : []
  return { access, refresh, until: new Date(until) }
}
