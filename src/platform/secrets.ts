import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from "node:crypto"
import { env } from "./env.ts"

/** What a key under the master key is used for. Each purpose has a key of its own, so that one never opens what another sealed. */
export type KeyPurpose = "dossier-key" | "bsn" | "bsn-index" | "list-headings" | "learnt-clue" | "mail-token" | "upload" | "cookie" | "attempt" | "database-role" | "search-word" | "totp" | "recovery-code" | "webhook" | "own-backup" | "mail-off" | "payslip-mail" | "mailbox" | "mailbox-consent" | "api-answer" | "return-path"

const derived = new Map<string, Buffer>()

/** The 32-byte key for one purpose, derived from the master key (HKDF-SHA-256, RFC 5869). */
export function keyFor(purpose: KeyPurpose, masterKey: string = env().MASTER_KEY): Buffer {
  const cached = derived.get(purpose + masterKey)
  if (cached) return cached
  const key = Buffer.from(hkdfSync("sha256", Buffer.from(masterKey, "base64"), "", `loondossier/${purpose}/1`, 32))
  derived.set(purpose + masterKey, key)
  return key
}

/** Seals bytes with AES-256-GCM: 12 bytes nonce, ciphertext, 16 bytes tag. `about` binds them to their place: a row's id. */
export function seal(purpose: KeyPurpose, bytes: Uint8Array, about: string): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(12)
  const cipher = createCipheriv("aes-256-gcm", keyFor(purpose), nonce).setAAD(Buffer.from(about))
  const sealed = Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
  return new Uint8Array(sealed)
}

/** Opens what `seal` made for the same purpose and place. Throws when a byte was changed or it was moved. */
export function unseal(purpose: KeyPurpose, sealed: Uint8Array, about: string): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", keyFor(purpose), sealed.subarray(0, 12)).setAAD(Buffer.from(about))
  decipher.setAuthTag(sealed.subarray(sealed.length - 16))
  return Buffer.concat([decipher.update(sealed.subarray(12, sealed.length - 16)), decipher.final()])
}

/** A keyed hash (HMAC-SHA-256) to find a row by a value that is not kept in the clear, such as a BSN. */
export function blindIndex(purpose: KeyPurpose, value: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHmac("sha256", keyFor(purpose)).update(value).digest())
}

/** A new one-time secret of 256 random bits, as it stands in a link or cookie. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url")
}

/** A new password for somebody to type over: 20 letters and digits that nobody takes for another (Crockford's base 32), 100 bits, in groups. */
export function newPassword(): string {
  return Array.from(randomBytes(20), (byte) => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[byte % 32]).join("").replace(/(.{4})(?=.)/g, "$1-")
}

/** What is kept of a one-time secret: its SHA-256. The secret itself has 256 bits, so no salt is needed. */
export function hashSecret(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(secret).digest())
}

/** The password with which a database role logs in: derived, so that it need not be kept or handed around. */
export function rolePassword(role: string, masterKey: string): string {
  return createHmac("sha256", keyFor("database-role", masterKey)).update(role).digest("base64url")
}
