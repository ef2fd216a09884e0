import argon2 from "argon2"
import { availableParallelism } from "node:os"

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane (Password Storage Cheat Sheet). */
const options = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

const places = Math.max(1, availableParallelism() - 1)
let busy = 0
const waiting: (() => void)[] = []

/** Hashing costs as much as ten pages, so only a few run at a time and the rest waits in line. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (busy >= places) await new Promise<void>((resolve) => waiting.push(resolve))
  else busy += 1
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else busy -= 1
  }
}

/** The hash of a password, as argon2id in PHC format. The password is normalised first (NFC), so that it is the same from every keyboard. */
export async function hashPassword(password: string): Promise<string> {
  return inTurn(() => argon2.hash(password.normalize("NFC"), options))
}

let decoy: Promise<string> | undefined

/** Whether a password fits. Without a hash (nobody by that name, or no password yet) it answers no, after the same work. */
export async function passwordFits(hash: string | null, password: string): Promise<boolean> {
  const against = hash ?? (await (decoy ??= hashPassword("a password that nobody has")))
  const fits = await inTurn(() => argon2.verify(against, password.normalize("NFC")))
  return fits && hash !== null
}
