import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto"
import { deflateRawSync, inflateRawSync } from "node:zlib"
import { unseal } from "./secrets.ts"

/** A dossier's own key, as its row has it: wrapped by the master key. */
export type WrappedKey = { dossierId: string; wrappedIdentity: Uint8Array }

const mostBytes = 1_000_000

/**
 * Seals text that belongs to a file with the dossier's own key (AES-256-GCM under a key derived from the identity, deflated first): whoever destroys
 * the dossier's key makes this unreadable too. `about` binds it to its place: a row's id.
 */
export function sealText(key: WrappedKey, text: string, about: string): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(12)
  const cipher = createCipheriv("aes-256-gcm", textKey(key), nonce).setAAD(Buffer.from(about))
  const sealed = Buffer.concat([nonce, cipher.update(deflateRawSync(text)), cipher.final(), cipher.getAuthTag()])
  return new Uint8Array(sealed)
}

/** Opens what `sealText` made for the same dossier and place. Throws when a byte was changed, it was moved, or it says more than a megabyte. */
export function unsealText(key: WrappedKey, sealed: Uint8Array, about: string): string {
  const decipher = createDecipheriv("aes-256-gcm", textKey(key), sealed.subarray(0, 12)).setAAD(Buffer.from(about))
  decipher.setAuthTag(sealed.subarray(sealed.length - 16))
  const deflated = Buffer.concat([decipher.update(sealed.subarray(12, sealed.length - 16)), decipher.final()])
  return inflateRawSync(deflated, { maxOutputLength: mostBytes }).toString()
}

function textKey({ dossierId, wrappedIdentity }: WrappedKey): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", unseal("dossier-key", wrappedIdentity, dossierId), "", "loondossier/file-text/1", 32))
}
