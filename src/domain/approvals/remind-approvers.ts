import { asSystem, asSystemOnce } from "#platform/database.ts"
import { findToRemind } from "../deliveries/lay-delivery.ts"
import { findSilent, markReminded } from "./approval-repository.ts"
import { tellSide } from "./on-delivery.ts"

const twoDays = 48 * 3_600_000

/** Mails who may answer once more when there is no answer after two days: once in a round, also when it runs twice or in two places. */
export async function remindApprovers(now: Date): Promise<void> {
  for (;;) {
    const silent = await findSilent(asSystemOnce("approval"), new Date(now.getTime() - twoDays), 100)
    for (const { id, deliveryId } of silent) {
      await asSystem("approval", async (tx) => {
        const delivery = await findToRemind(tx, deliveryId)
        if (delivery && (await markReminded(tx, id, now))) await tellSide(tx, delivery, "employer", "reminder", now)
      })
    }
    if (silent.length < 100) return
  }
}
