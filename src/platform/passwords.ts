import argon2 from "argon2"
import { availableParallelism } from "node:os"
import { env } from "./env.ts"
import { turns } from "./turns.ts"

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane (Password Storage Cheat Sheet). */
const options = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Stands before a hash that was made with the pepper; those from before it have none. */
const peppered = "p1"

/** Hashing costs as much as ten pages, so only a few run at a time; ten seconds of work may wait. */
export const hashingPlaces = Math.max(1, availableParallelism() - 1)
const inTurn = turns({ places: hashingPlaces, waiting: 300 })

/**
 * The hash of a password: argon2id in PHC format, keyed with the pepper where there is one, which is kept apart from the database (NIST SP 800-63B-4
 * section 3.1.1.2). The password is normalised first (NFC), so that it is the same from every keyboard; nothing else of it is changed or cut off.
 */
export async function hashPassword(password: string): Promise<string> {
  const secret = pepper()
  const phc = await inTurn(() => argon2.hash(password.normalize("NFC"), secret ? { ...options, secret } : options))
  return secret ? peppered + phc : phc
}

let decoy: Promise<string> | undefined

/** How a password was held against a hash; `isStale` when the hash should be made anew, because it has no pepper or other costs than are asked now. */
export type PasswordCheck = { fits: boolean; isStale: boolean }

/** Whether a password fits. Without a hash (nobody by that name, or no password yet) it answers no, after the same work. */
export async function checkAgainst(hash: string | null, password: string): Promise<PasswordCheck> {
  const against = hash ?? (await (decoy ??= hashPassword("a password that nobody has")))
  const isPeppered = against.startsWith(peppered)
  const phc = isPeppered ? against.slice(peppered.length) : against
  const secret = pepper()
  if (isPeppered && !secret) throw new Error("PASSWORD_PEPPER is missing: the passwords were hashed with one")
  const fits = await inTurn(() => argon2.verify(phc, password.normalize("NFC"), isPeppered && secret ? { secret } : {}))
  const { memoryCost, timeCost, parallelism } = options
  return { fits: fits && hash !== null, isStale: isPeppered !== (secret !== null) || argon2.needsRehash(phc, { memoryCost, timeCost, parallelism }) }
}

function pepper(): Buffer | null {
  const { PASSWORD_PEPPER } = env()
  return PASSWORD_PEPPER ? Buffer.from(PASSWORD_PEPPER, "base64") : null
}
