import { asViewer } from "#platform/database.ts"
import { NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { findPreferences, updatePreferences } from "./preference-repository.ts"

/** `theme` "system" is as the device has it. `mailsOnNewFiles` turns off one mail only: welcome mails and links always come. */
export type Preferences = { locale: "nl" | "en"; theme: "system" | "light" | "dark"; mailsOnNewFiles: boolean }

/** What the viewer's account chose; `chosen` is false when it never did, and each browser decides for itself. */
export async function viewPreferences(viewer: Viewer): Promise<Preferences & { chosen: boolean }> {
  return asViewer(viewer, async (tx) => {
    const row = await findPreferences(tx, viewer.accountId)
    if (!row) throw new NotFound()
    const theme = row.theme === "light" || row.theme === "dark" ? row.theme : "system"
    return { locale: row.locale === "en" ? "en" : "nl", theme, mailsOnNewFiles: row.mailsOnNewFiles, chosen: row.preferencesAt !== null }
  })
}

/** Keeps what the viewer's account chooses, for all its roles, mails and devices. */
export async function choosePreferences(viewer: Viewer, input: Preferences, now: Date): Promise<void> {
  const { accountId } = viewer
  await asViewer(viewer, async (tx) => {
    await updatePreferences(tx, accountId, { ...input, preferencesAt: now })
    await recordEvents(tx, [{ chainId: accountId, kind: "account.preferences-chosen", subjectId: accountId, details: { mailsOnNewFiles: input.mailsOnNewFiles } }])
  })
}
