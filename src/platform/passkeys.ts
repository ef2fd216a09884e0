import { generateAuthenticationOptions, generateRegistrationOptions, verifyAuthenticationResponse, verifyRegistrationResponse } from "@simplewebauthn/server"
import { z } from "zod"
import { env } from "./env.ts"

/** The public half of a passkey, as it is kept. */
export type PasskeyCredential = { credentialId: Uint8Array<ArrayBuffer>; publicKey: Uint8Array<ArrayBuffer>; counter: number; transports: string[] }

/** What a browser is asked to make or sign, in the JSON that PublicKeyCredential parses; with its challenge, to be kept. */
export type PasskeyRequest = { options: string; challenge: string }

const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/).max(20_000)
const transport = z.enum(["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"])
const frame = { id: base64url, rawId: base64url, type: z.literal("public-key"), clientExtensionResults: z.object({}).default({}) }
const made = z.object({ ...frame, response: z.object({ clientDataJSON: base64url, attestationObject: base64url, transports: z.array(transport).catch([]).default([]) }) })
const signed = z.object({ ...frame, response: z.object({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url, userHandle: base64url.nullish() }) })

const site = () => ({ origin: env().PUBLIC_URL, rpID: new URL(env().PUBLIC_URL).hostname })

/** Asks a browser for a new passkey that can be found without a username and proves who uses it (discoverable, user verification required). */
export async function askPasskeyToBeMade(account: { id: string; username: string }, known: readonly Pick<PasskeyCredential, "credentialId">[]): Promise<PasskeyRequest> {
  const options = await generateRegistrationOptions({
    rpName: "Mijn LoonDossier",
    rpID: site().rpID,
    userID: idBytes(account.id),
    userName: account.username,
    userDisplayName: account.username,
    attestationType: "none",
    excludeCredentials: known.map(({ credentialId }) => ({ id: toText(credentialId) })),
    authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
  })
  return { options: JSON.stringify(options), challenge: options.challenge }
}

/** The passkey that a browser made for this challenge, or null when it is not to be trusted: another challenge or site, or nobody was verified. */
export async function readMadePasskey(answer: string, challenge: string): Promise<PasskeyCredential | null> {
  const parsed = made.safeParse(jsonIn(answer))
  if (!parsed.success) return null
  const { origin, rpID } = site()
  const verified = await verifyRegistrationResponse({ response: parsed.data, expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: rpID, requireUserVerification: true }).catch(() => null)
  if (!verified?.verified) return null
  const { id, publicKey, counter } = verified.registrationInfo.credential
  return { credentialId: toBytes(id), publicKey: new Uint8Array(publicKey), counter, transports: parsed.data.response.transports }
}

/** Asks a browser to sign with whichever passkey it has for this site. */
export async function askPasskeyToSign(): Promise<PasskeyRequest> {
  const options = await generateAuthenticationOptions({ rpID: site().rpID, userVerification: "required", allowCredentials: [] })
  return { options: JSON.stringify(options), challenge: options.challenge }
}

/** Which passkey an answer says it is of, and of which account; null when it is no such answer. Nothing is proven by it yet. */
export function passkeyNamedIn(answer: string): { credentialId: Uint8Array<ArrayBuffer>; isOf: (accountId: string) => boolean } | null {
  const parsed = signed.safeParse(jsonIn(answer))
  if (!parsed.success) return null
  const { id, response } = parsed.data
  return { credentialId: toBytes(id), isOf: (accountId) => !response.userHandle || response.userHandle === toText(idBytes(accountId)) }
}

/** The new count of a passkey that signed this challenge for this site and verified its holder; null when anything of that is not so, or it counted back (a copy). */
export async function countOfSigned(answer: string, challenge: string, passkey: PasskeyCredential): Promise<number | null> {
  const parsed = signed.safeParse(jsonIn(answer))
  if (!parsed.success) return null
  const { userHandle, ...response } = parsed.data.response
  const { origin, rpID } = site()
  const verified = await verifyAuthenticationResponse({
    response: { ...parsed.data, response: userHandle ? { ...response, userHandle } : response },
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
    credential: { id: toText(passkey.credentialId), publicKey: passkey.publicKey, counter: passkey.counter },
  }).catch(() => null)
  return verified?.verified ? verified.authenticationInfo.newCounter : null
}

/** An account's id as WebAuthn wants it: bytes that tell nothing of the person. */
function idBytes(accountId: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(accountId.replaceAll("-", ""), "hex"))
}

function toText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url")
}

function toBytes(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, "base64url"))
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
