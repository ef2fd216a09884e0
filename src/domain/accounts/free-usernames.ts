import type { Transaction } from "#platform/database.ts"
import { findTakenUsernames } from "./account-repository.ts"

/** Usernames that nobody has, one for each that is wanted, in that order: as it is, or with a number behind it where it is taken. */
export async function freeUsernames(tx: Transaction, wanted: readonly string[]): Promise<string[]> {
  const given = new Set<string>()
  let open = wanted.map((base, index) => ({ base, index, try: 1 }))
  const result: string[] = [...wanted]
  while (open.length > 0) {
    const nameOf = (one: { base: string; try: number }) => (one.try === 1 ? one.base : `${one.base}.${one.try}`)
    const taken = await findTakenUsernames(tx, open.map(nameOf))
    open = open.filter((one) => {
      const name = nameOf(one)
      if (taken.has(name) || given.has(name)) return true
      given.add(name)
      result[one.index] = name
      return false
    })
    open = open.map((one) => ({ ...one, try: one.try + 1 }))
  }
  return result
}
