import { asSystem, asSystemOnce } from "#platform/database.ts"
import { tellOwners } from "./owner-of.ts"
import { findMissed, markReminded, type Missed } from "./reminder-repository.ts"

const parties = 200
const first = "00000000-0000-0000-0000-000000000000"

/**
 * Mails the owners of each office and employer of which no sound back-up came for as many days as was set: one mail for all of a party, and once for each time
 * that none came. Twice is once, also at once. Returns how many parties were mailed.
 */
export async function remindMissed(now: Date): Promise<number> {
  let mailed = 0
  for (let after = first; ; ) {
    const missed = await findMissed(asSystemOnce("backup"), now, after, parties)
    const byParty = Map.groupBy(missed, ({ partyId }) => partyId)
    for (const [, ofParty] of byParty) mailed += await remind(ofParty, now)
    const last = missed.at(-1)
    if (!last || byParty.size < parties) return mailed
    after = last.partyId
  }
}

async function remind(missed: readonly Missed[], now: Date): Promise<number> {
  const [one] = missed
  if (!one) return 0
  return asSystem("backup", async (tx) => {
    let isNew = false
    for (const each of missed) isNew = (await markReminded(tx, each, now)) || isNew
    if (!isNew) return 0
    await tellOwners(tx, one, one.employerId, "backup-missed", now)
    return 1
  })
}
