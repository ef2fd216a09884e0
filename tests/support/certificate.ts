import { createPrivateKey, generateKeyPairSync, randomBytes, sign } from "node:crypto"
import { getCACertificates, setDefaultCACertificates } from "node:tls"

export type Certificate = { key: string; cert: string }

/** A certificate that made itself, for one name, in the fewest fields that RFC 5280 asks; it lives a day, or did. */
export function makeCertificate(name: string, { expired = false } = {}): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256", privateKeyEncoding: { type: "pkcs8", format: "pem" }, publicKeyEncoding: { type: "spki", format: "der" } })
  const day = 24 * 60 * 60_000
  const until = Date.now() + (expired ? -1 : 1) * day
  const algorithm = der(0x30, oid("2a8648ce3d040302"))
  const subject = der(0x30, der(0x31, der(0x30, oid("550403"), der(0x0c, Buffer.from(name)))))
  const names = der(0x30, der(0x82, Buffer.from(name)))
  const extensions = [der(0x30, oid("551d11"), der(0x04, names)), der(0x30, oid("551d13"), der(0x01, Buffer.of(0xff)), der(0x04, der(0x30, der(0x01, Buffer.of(0xff)))))]
  const serial = der(0x02, Buffer.concat([Buffer.of(1), randomBytes(8)]))
  const toSign = der(0x30, der(0xa0, der(0x02, Buffer.of(2))), serial, algorithm, subject, der(0x30, time(until - 2 * day), time(until)), subject, publicKey, der(0xa3, der(0x30, ...extensions)))
  const signature = sign("sha256", toSign, createPrivateKey(privateKey))
  const whole = der(0x30, toSign, algorithm, der(0x03, Buffer.of(0), signature))
  return { key: privateKey, cert: `-----BEGIN CERTIFICATE-----\n${whole.toString("base64").replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n` }
}

/** Lets this process believe these certificates too. */
export function trust(...certificates: Certificate[]): void {
  setDefaultCACertificates([...getCACertificates("default"), ...certificates.map(({ cert }) => cert)])
}

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  const length = body.length < 128 ? [body.length] : body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255]
  return Buffer.concat([Buffer.of(tag, ...length), body])
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, "hex"))
}

function time(at: number): Buffer {
  return der(0x17, Buffer.from(new Date(at).toISOString().replaceAll(/[-:T]|\.\d+/g, "").slice(2)))
}
