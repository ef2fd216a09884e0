import { asViewer } from "#platform/database.ts"
import { Conflict, Invalid, NotFound } from "#policy/errors.ts"
import { endOfDay } from "#policy/last-day.ts"
import { shareLimits } from "#policy/share-steps.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { readChoice } from "./list-receivers.ts"
import { insertShares } from "./share-repository.ts"

/** `lastDay` is the last day on which it can be seen, YYYY-MM-DD; null for no end. */
export type ShareFilesInput = { fileIds: readonly string[]; receiverIds: readonly string[]; lastDay: string | null }

/**
 * Shares files one step along, all of them with all of these receivers or nothing; sharing again changes the last day. NotFound when a file or
 * receiver is out of sight, Forbidden when a file is not the viewer's to share, Conflict when something ended meanwhile. Returns how many see something anew.
 */
export async function shareFiles(viewer: Viewer, input: ShareFilesInput, now: Date): Promise<{ added: number }> {
  const until = readLastDay(input.lastDay, now)
  return asViewer(viewer, async (tx) => {
    const { files, receivers, isOn } = await readChoice(tx, viewer, input.fileIds, now)
    const chosen = [...new Set(input.receiverIds)]
    if (chosen.length === 0) throw new Invalid("receivers-none", { field: "met" })
    const known = new Map(receivers.map((receiver) => [receiver.id, receiver]))
    if (chosen.some((id) => !known.has(id))) throw new NotFound()
    if (chosen.length * files.length > shareLimits.shares) throw new Invalid("share-too-many", { most: shareLimits.shares })
    const added = new Map((await insertShares(tx, files.map((file) => file.id), chosen, until)).map((row) => [row.fileId, row.added]))
    if (added.size < files.length) throw new Conflict("share-changed")
    const kind = isOn ? ("file.shared-on" as const) : ("file.shared" as const)
    const to = [...new Set(chosen.map((id) => known.get(id)?.kind ?? ""))].join("+")
    await recordEvents(tx, files.map(({ id, dossierId }) => ({ chainId: dossierId, kind, subjectId: id, details: { to, receivers: chosen.length, added: added.get(id) ?? 0, ends: until !== null } })))
    return { added: [...added.values()].reduce((sum, one) => sum + one, 0) }
  })
}

/** The end of the last day, in Dutch time. Invalid when it is no date, or over already. */
export function readLastDay(lastDay: string | null, now: Date): Date | null {
  if (lastDay === null) return null
  const end = endOfDay(lastDay)
  if (!end) throw new Invalid("last-day-invalid", { field: "tot" })
  if (end <= now) throw new Invalid("last-day-past", { field: "tot" })
  return end
}
