import type { Reader } from "#platform/database.ts"
import { letterName } from "#policy/person-name.ts"
import { withdrawalReason, type WithdrawalReason } from "#policy/withdrawal-reasons.ts"
import { countRecalled, findMailedOf, findOpeners, type OpenerRow, type RecallCounts } from "./delivery-recall-repository.ts"

/** A party that opened documents of a delivery, and how many; `name` is null for who is there no more. */
export type Opener = Pick<OpenerRow, "party" | "name" | "files">

/** What a delivery's sender knows of it before and after withdrawing the whole: `opened` counts the documents that somebody opened, `mailed` names those that went by mail too, which nobody takes back. */
export type SentDocuments = Omit<RecallCounts, "reason"> & { reason: WithdrawalReason | null; opened: number; openers: Opener[]; mailed: { itemId: string; name: string | null; at: Date }[] }

/** What became of the documents of a sent delivery that the viewer sent and sees. */
export async function recallOfDelivery(reader: Reader, deliveryId: string): Promise<SentDocuments> {
  const [{ reason, ...counts }, openers, mailed] = await Promise.all([countRecalled(reader, deliveryId), findOpeners(reader, deliveryId), findMailedOf(reader, deliveryId)])
  return {
    ...counts,
    reason: reason === null ? null : withdrawalReason(reason),
    opened: openers[0]?.allOpened ?? 0,
    openers: openers.map(({ party, files, ...who }) => ({ party, files, name: party === "employee" ? nameOf(who) : who.name })),
    mailed: mailed.map(({ itemId, at, ...who }) => ({ itemId, at, name: nameOf(who) })),
  }
}

function nameOf({ name, initials, prefix }: Pick<OpenerRow, "name" | "initials" | "prefix">): string | null {
  return name === null ? null : letterName({ initials, prefix, surname: name })
}
