import { asSystem } from "#platform/database.ts"
import { openMail } from "#domain/mails/open-mail.ts"
import { queueMails, type MailToQueue } from "#domain/mails/queue-mails.ts"
import { letterFor } from "../../../src/jobs/letter-for.ts"
import type { Viewer } from "#policy/viewer.ts"
import { today } from "../../support/house.ts"

/** Where the portal is, in these tests. */
export const url = "https://portaal.test"

/** Words for a mail, all of them told apart by a name. */
export const wordsOfSomebody = (who: string) => ({ subject: `Nieuws van ${who}`, before: `Hier is ${who}.`, after: `Tot ziens, ${who}.` })

/** What is sent for a mail of this kind about a party. */
export async function letter(to: Viewer, kind: MailToQueue["kind"], about: Pick<MailToQueue, "partyId" | "token">) {
  const mailId = await asSystem("operate", async (tx) => {
    await queueMails(tx, [{ kind, accountId: to.accountId, toAddress: "ontvanger@test.test", ...about }], today)
    return (await tx.mail.findFirstOrThrow({ where: { accountId: to.accountId, kind }, orderBy: { id: "desc" }, select: { id: true } })).id
  })
  const mail = await openMail(mailId)
  if (!mail) throw new Error("The mail went already")
  return letterFor(mail, url)
}
