import { generateX25519Identity, identityToRecipient } from "age-encryption"
import { readAge, readAgePart, type Part } from "./age-reading.ts"
import { writeAge, writeAgeStream } from "./age-writing.ts"
import { seal, unseal } from "./secrets.ts"

/** The key pair of one dossier: `recipient` is enough to write; the identity, needed to read, is wrapped by the master key. */
export type DossierKeyPair = { recipient: string; wrappedIdentity: Uint8Array<ArrayBuffer> }

/** Makes a dossier's key pair (age X25519, age-encryption.org/v1). The wrapped identity opens only for this dossier's id. */
export async function newDossierKey(dossierId: string): Promise<DossierKeyPair> {
  const identity = await generateX25519Identity()
  return { recipient: await identityToRecipient(identity), wrappedIdentity: seal("dossier-key", Buffer.from(identity), dossierId) }
}

/** Encrypts a file for a dossier, as an age file that the public `age` tool can also open. */
export function encryptFor(recipient: string, bytes: Uint8Array): Uint8Array {
  return writeAge(recipient, bytes)
}

/** Encrypts a stream for a dossier, 64 kB at a time. */
export function encryptStreamFor(recipient: string, stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  return writeAgeStream(recipient, stream)
}

/**
 * Decrypts a dossier's file as a stream, 64 kB at a time, each piece checked before it is handed on.
 * Throws (or errors the stream) when a byte was changed, the end is missing, or the key is another dossier's.
 */
export async function decryptStream(
  key: { dossierId: string; wrappedIdentity: Uint8Array },
  encrypted: ReadableStream<Uint8Array>,
): Promise<ReadableStream<Uint8Array>> {
  return readAge(unseal("dossier-key", key.wrappedIdentity, key.dossierId).toString(), encrypted)
}

/** Decrypts a part of a dossier's file, as readAgePart says; `read` gives so many of its encrypted bytes from there on. */
export async function decryptPart(
  key: { dossierId: string; wrappedIdentity: Uint8Array },
  read: (from: number, length: number) => Promise<ReadableStream<Uint8Array>>,
  part: Part,
): Promise<ReadableStream<Uint8Array>> {
  return readAgePart(unseal("dossier-key", key.wrappedIdentity, key.dossierId).toString(), read, part)
}
