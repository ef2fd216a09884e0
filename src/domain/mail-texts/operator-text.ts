import { asSystem } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { keptWords, type MailWords, type TextKind } from "#policy/mail-texts.ts"
import { recordEvents } from "../audit/record-event.ts"
import { deleteText, holdText, replaceText } from "./mail-text-repository.ts"
import type { TextLocale } from "./view-texts.ts"

type Which = { kind: TextKind; locale: TextLocale }

/** The operator's words for a mail, or null where there are none. */
export async function viewOperatorText(which: Which): Promise<MailWords | null> {
  const row = await asSystem("operate", (tx) => holdText(tx, { ...which, partyId: null }))
  return row && { subject: row.subject, before: row.before, after: row.after }
}

/** Has a mail go out in the operator's words where neither office nor employer has its own; null takes them away. Invalid for words that cannot go into a mail. */
export async function changeOperatorText(which: Which, given: MailWords | null, now: Date): Promise<void> {
  const words = given && keptWords(which.kind, given)
  await asSystem("operate", async (tx) => {
    const before = await holdText(tx, { ...which, partyId: null })
    const id = before && !words ? before.id : newId()
    if (words) await replaceText(tx, before?.id ?? null, { ...which, ...words, id, partyId: null, changedBy: null, changedAt: now })
    else if (before) await deleteText(tx, before.id)
    if (words || before) await recordEvents(tx, [{ chainId: id, kind: words ? "mail-text.changed" : "mail-text.restored", subjectId: id, details: { mail: which.kind, locale: which.locale } }])
  })
}
