import { asSystemOnce, type Transaction } from "#platform/database.ts"
import { blindIndex } from "#platform/secrets.ts"
import { TooMany } from "#policy/errors.ts"
import { tryWindow, waitAfter, type TryLimit } from "#policy/try-limits.ts"
import { addAttempts, deleteAttempts, findAttempts } from "./attempt-repository.ts"

/** Something that is counted: `about` says what ("sign-in"), `of` whose (a username, an address); only a keyed hash of both is kept. */
export type Tried = { about: string; of: string; limit: TryLimit }

/** Refuses with TooMany `code`, and the seconds to wait, while one of these still has to wait after what went wrong before. In `tx` for who lets those that ask at once wait for each other. */
export async function assertMayTry(tried: readonly Tried[], code: string, now: Date, tx: Transaction = asSystemOnce("sign-in")): Promise<void> {
  const rows = await findAttempts(tx, tried.map(keyOf), windowOf(now))
  const until = Math.max(...tried.map(({ limit }, index) => (rows[index]?.lastAt?.getTime() ?? 0) + waitAfter(rows[index]?.count ?? 0, limit)))
  if (until > now.getTime()) throw new TooMany(code, waitingFor(until - now.getTime()))
}

/** Counts that it went wrong for these; how often that was in this window, in their order. */
export async function noteFailure(tx: Transaction, tried: readonly Tried[], now: Date): Promise<number[]> {
  return addAttempts(tx, tried.map(keyOf), windowOf(now), now)
}

/** Notes something of which there is one an hour at most (a mail); false when there was one within the last hour. For who lets those of one account wait for each other. */
export async function noteOnceAnHour(tx: Transaction, what: Omit<Tried, "limit">, now: Date): Promise<boolean> {
  const key = keyOf(what)
  const windows = await Promise.all([now.getTime(), now.getTime() - tryWindow].map((at) => findAttempts(tx, [key], windowOf(new Date(at)))))
  const last = Math.max(...windows.flat().map((row) => row.lastAt?.getTime() ?? 0))
  if (now.getTime() - last < tryWindow) return false
  await addAttempts(tx, [key], windowOf(now), now)
  return true
}

/** Forgets what was counted in windows that are over. */
export async function sweepAttempts(now: Date): Promise<number> {
  return deleteAttempts(asSystemOnce("sweep"), new Date(now.getTime() - 24 * 60 * 60_000))
}

function waitingFor(milliseconds: number): { seconds: number; minutes: number } {
  return { seconds: Math.ceil(milliseconds / 1000), minutes: Math.ceil(milliseconds / 60_000) }
}

function keyOf({ about, of }: Omit<Tried, "limit">): Uint8Array<ArrayBuffer> {
  return blindIndex("attempt", `${about}:${of}`)
}

function windowOf(now: Date): Date {
  return new Date(Math.floor(now.getTime() / tryWindow) * tryWindow)
}
