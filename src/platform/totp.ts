import { timingSafeEqual } from "node:crypto"
import { generateSecret, generateSync, generateURI } from "otplib"

/** How long one code lives, in seconds (RFC 6238, section 5.2: recommended). */
const period = 30

/** A new secret for a code app: 160 random bits (RFC 4226, section 4) in base32, as apps take it. */
export function newTotpSecret(): string {
  return generateSecret({ length: 20 })
}

/** The step of 30 seconds that a moment falls in. */
export function stepAt(now: Date): number {
  return Math.floor(now.getTime() / 1000 / period)
}

/** The six digits of a secret in a step (RFC 6238 with SHA-1, as every app does it). */
export function codeAt(secret: string, step: number): string {
  return generateSync({ secret, epoch: step * period, period, digits: 6, algorithm: "sha1" })
}

/** The step that a code belongs to: this one, the one before or the one after, for clocks that differ and people who type. Null when it is none of these. */
export function stepOf(secret: string, code: string, now: Date): number | null {
  const given = Buffer.from(code)
  const fits = [-1, 0, 1].map((away) => stepAt(now) + away).filter((step) => {
    const right = Buffer.from(codeAt(secret, step))
    return right.length === given.length && timingSafeEqual(right, given)
  })
  return fits.at(-1) ?? null
}

/** The address that an app reads from the QR code. `account` is how the app calls it. */
export function totpAddress(secret: string, account: string): string {
  return generateURI({ issuer: "Mijn LoonDossier", label: account, secret, digits: 6, period })
}
