import { asSystem } from "#platform/database.ts"
import { queueMails } from "../mails/queue-mails.ts"
import { holdRound, insertDue, moveRound, takeDue } from "./reminder-repository.ts"

/** After how many days of being unread somebody is reminded; after the last of them never again. */
const days = [4, 10] as const
const day = 24 * 3600 * 1000
const batch = 500

/**
 * Reminds who has not read a payroll file four days after it came, and once more after ten: one mail per account, however many files. Each file falls in each
 * round once: how far a round came is written with who is found, and a mail with who is taken off the list, so that whoever is killed halfway goes on where it
 * was and sends nothing twice. Days on which it did not run are made up for; a first run looks back one day. Returns how many are mailed.
 */
export async function remindUnread(now: Date): Promise<number> {
  await asSystem("remind", async (tx) => {
    const rounds = []
    for (const after of days) {
      const until = new Date(now.getTime() - after * day)
      const from = await holdRound(tx, after, new Date(until.getTime() - day))
      if (from >= until) continue
      rounds.push({ from, until })
      await moveRound(tx, after, until)
    }
    await insertDue(tx, rounds, now)
  })
  return mailDue(now)
}

async function mailDue(now: Date): Promise<number> {
  const taken = await asSystem("remind", async (tx) => {
    const due = await takeDue(tx, batch)
    await queueMails(tx, due.map((one) => ({ kind: "reminder" as const, ...one })), now)
    return due.length
  })
  return taken < batch ? taken : taken + (await mailDue(now))
}
