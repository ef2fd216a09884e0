import { asSystem } from "#platform/database.ts"
import { whoHad, type Recalled } from "../files/who-had.ts"
import { queueMails } from "../mails/queue-mails.ts"
import { partiesToMail } from "../parties/people-to-tell.ts"
import { findAccountsOf } from "./account-repository.ts"
import { findMuted } from "./preference-repository.ts"

/**
 * Mails who had a file that it was withdrawn, or that another version is there; of a delivery that was withdrawn at once, one mail for all. Once per account, also when it runs twice. That something was taken away is
 * told to who wants no mails as well; a new version is not. Nobody without an address, or who is blocked.
 */
export async function tellOfRecall(recalled: Recalled, now: Date): Promise<void> {
  const { what } = recalled
  await asSystem("recall", async (tx) => {
    const had = await whoHad(tx, recalled)
    const parties = await partiesToMail(tx, had.map((one) => one.partyId))
    const accounts = await findAccountsOf(tx, had.map((one) => one.partyId))
    const muted = what === "file-replaced" ? await findMuted(tx, [...accounts.values()].flat().map((one) => one.accountId)) : new Set<string>()
    const mails = had.flatMap(({ partyId, isOverviews }) =>
      (accounts.get(partyId) ?? [])
        .filter((one) => one.seesParty !== isOverviews && !one.isBlocked && !muted.has(one.accountId))
        .flatMap(({ accountId, email }) => {
          const toAddress = email ?? parties.get(partyId)
          return toAddress ? [{ kind: what, accountId, toAddress, partyId, deliveryId: "fileId" in recalled ? recalled.fileId : recalled.deliveryId }] : []
        }),
    )
    await queueMails(tx, mails, now)
  })
}
