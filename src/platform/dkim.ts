import { createPrivateKey, createPublicKey } from "node:crypto"
import { readFileSync } from "node:fs"
import { env } from "./env.ts"

/** What signs the portal's own mails (DKIM, RFC 6376): the domain, the selector and the private key, where the operator gave all three; else null. */
export function dkimSigner(): { domainName: string; keySelector: string; privateKey: string } | null {
  const { DKIM_DOMAIN, DKIM_SELECTOR, DKIM_KEY, DKIM_KEY_FILE } = env()
  const privateKey = DKIM_KEY?.replaceAll("\\n", "\n") ?? (DKIM_KEY_FILE ? readFileSync(DKIM_KEY_FILE, "utf8") : undefined)
  return DKIM_DOMAIN && DKIM_SELECTOR && privateKey ? { domainName: DKIM_DOMAIN, keySelector: DKIM_SELECTOR, privateKey } : null
}

/** The record with which the world checks those signatures: the public half of the key. Null where nothing is signed. */
export function dkimRecord(): { name: string; value: string } | null {
  const signer = dkimSigner()
  if (!signer) return null
  const key = createPublicKey(createPrivateKey(signer.privateKey)).export({ type: "spki", format: "der" }).toString("base64")
  return { name: `${signer.keySelector}._domainkey.${signer.domainName}`, value: `v=DKIM1; k=rsa; p=${key}` }
}
