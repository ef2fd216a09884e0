import { asViewer } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { Conflict, NotFound } from "#policy/errors.ts"
import { keptWords, TEXT_FIELDS, textKindsOf, type MailWords, type TextKind } from "#policy/mail-texts.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { assertOwner } from "../staff/list-staff.ts"
import { deleteText, holdText, replaceText } from "./mail-text-repository.ts"
import type { TextLocale } from "./view-texts.ts"

type Which = { kind: TextKind; locale: TextLocale }

/**
 * Has a mail go out in the viewer's words, in one language. `version` is that of the own words that were looked at: Conflict "mail-text-changed" when there are others
 * now. Invalid, with the field, for words that cannot go into a mail (policy/mail-texts.ts). The same words twice are kept once. NotFound for a mail that this viewer cannot
 * change; owners only.
 */
export async function changeMailText(viewer: Viewer, input: Which & { version: string; words: MailWords }, now: Date): Promise<void> {
  const which = own(viewer, input)
  const words = keptWords(input.kind, input.words)
  await asViewer(viewer, async (tx) => {
    const before = await holdText(tx, which)
    if (before && TEXT_FIELDS.every((field) => before[field] === words[field])) return
    if ((before?.id ?? "") !== input.version) throw new Conflict("mail-text-changed")
    const id = newId()
    await replaceText(tx, before?.id ?? null, { ...which, ...words, id, changedBy: viewer.accountId, changedAt: now })
    await recordEvents(tx, [{ chainId: viewer.partyId, kind: "mail-text.changed", subjectId: id, details: { mail: input.kind, locale: input.locale } }])
  })
}

/** Takes the viewer's words away, so that those of the office, the operator or the portal count. Twice is harmless. NotFound as for changing; owners only. */
export async function restoreMailText(viewer: Viewer, input: Which): Promise<void> {
  const which = own(viewer, input)
  await asViewer(viewer, async (tx) => {
    const before = await holdText(tx, which)
    if (!before) return
    await deleteText(tx, before.id)
    await recordEvents(tx, [{ chainId: viewer.partyId, kind: "mail-text.restored", subjectId: before.id, details: { mail: input.kind, locale: input.locale } }])
  })
}

function own(viewer: Viewer, { kind, locale }: Which) {
  assertOwner(viewer)
  if (!textKindsOf(viewer.kind).includes(kind)) throw new NotFound()
  return { partyId: viewer.partyId, kind, locale }
}
