import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto"

type Oddness = { origin?: string; rpId?: string; challenge?: string; isVerified?: boolean; counter?: number; userHandle?: string; type?: string }

/** A passkey written from WebAuthn level 3 and CBOR (RFC 8949), and from nothing of ours: it makes and signs what a browser would, or, when told to, something odd. */
export function newAuthenticator(origin = "http://localhost:3000") {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
  const { x = "", y = "" } = publicKey.export({ format: "jwk" })
  const id = randomBytes(16)
  let counter = 0

  const dataOf = ({ rpId = "localhost", isVerified = true, counter: given }: Oddness, attested: Buffer) => {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(given ?? ++counter)
    const flags = 0x01 | (isVerified ? 0x04 : 0) | (attested.length > 0 ? 0x40 : 0)
    return Buffer.concat([createHash("sha256").update(rpId).digest(), Buffer.from([flags]), count, attested])
  }
  const clientData = (type: string, challenge: string, odd: Oddness) => Buffer.from(JSON.stringify({ type: odd.type ?? type, challenge: odd.challenge ?? challenge, origin: odd.origin ?? origin, crossOrigin: false }))
  const text = (bytes: Buffer) => bytes.toString("base64url")
  const frame = (response: object) => JSON.stringify({ id: text(id), rawId: text(id), type: "public-key", clientExtensionResults: {}, response })

  return {
    /** Answers a request to make a passkey. */
    make(options: string, odd: Oddness = {}): string {
      const key = Buffer.concat([Buffer.from("a5010203262001215820", "hex"), Buffer.from(x, "base64url"), Buffer.from("225820", "hex"), Buffer.from(y, "base64url")])
      const data = dataOf(odd, Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, key]))
      const attestation = Buffer.concat([Buffer.from([0xa3, 0x63]), Buffer.from("fmt"), Buffer.from([0x64]), Buffer.from("none"), Buffer.from([0x67]), Buffer.from("attStmt"), Buffer.from([0xa0, 0x68]), Buffer.from("authData"), Buffer.from([0x59, data.length >> 8, data.length & 255]), data])
      return frame({ clientDataJSON: text(clientData("webauthn.create", challengeIn(options), odd)), attestationObject: text(attestation), transports: ["internal"] })
    },
    /** Answers a request to sign. */
    sign(options: string, odd: Oddness = {}): string {
      const data = dataOf(odd, Buffer.alloc(0))
      const client = clientData("webauthn.get", challengeIn(options), odd)
      const signature = sign("sha256", Buffer.concat([data, createHash("sha256").update(client).digest()]), privateKey)
      return frame({ clientDataJSON: text(client), authenticatorData: text(data), signature: text(signature), ...(odd.userHandle ? { userHandle: odd.userHandle } : {}) })
    },
  }
}

function challengeIn(options: string): string {
  return String(JSON.parse(options).challenge)
}
