import { asViewer, readAsViewer } from "#platform/database.ts"
import { Forbidden, Invalid, NotFound } from "#policy/errors.ts"
import { daysLeft } from "#policy/bin.ts"
import { shareLimits } from "#policy/share-steps.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { binRows, findBin, restoreRows, type BinRow } from "./bin-repository.ts"
import { findFilesToShare } from "./share-repository.ts"

/**
 * Puts own files in the bin: from that moment nobody sees them, and their shares sleep. All of them or none. NotFound when one is out of sight,
 * Forbidden for a payroll file or somebody else's; what is in the bin already stays there.
 */
export async function binFiles(viewer: Viewer, input: { fileIds: readonly string[] }): Promise<void> {
  const wanted = wantedIds(input.fileIds)
  await asViewer(viewer, async (tx) => {
    const files = await findFilesToShare(tx, viewer.partyId, wanted)
    const inBin = files.length < wanted.length ? new Set((await findBin(tx)).map((row) => row.id)) : new Set<string>()
    if (wanted.some((id) => !inBin.has(id) && !files.some((file) => file.id === id))) throw new NotFound()
    if (files.some((file) => file.origin !== "own")) throw new Forbidden("payroll-stays")
    if (files.some((file) => !file.isOwn)) throw new Forbidden("bin-not-yours")
    const binned = new Set(await binRows(tx, wanted))
    await recordEvents(tx, files.filter((file) => binned.has(file.id)).map((file) => ({ chainId: file.dossierId, kind: "file.binned", subjectId: file.id })))
  })
}

/** "Zet terug": the files are as they were, with the shares that still hold. NotFound when one is not in the viewer's bin, nor back already; or went for good meanwhile. */
export async function restoreFiles(viewer: Viewer, input: { fileIds: readonly string[] }): Promise<void> {
  const wanted = wantedIds(input.fileIds)
  await asViewer(viewer, async (tx) => {
    const inBin = new Map((await findBin(tx)).map((row) => [row.id, row]))
    const back = await findFilesToShare(tx, viewer.partyId, wanted)
    if (wanted.some((id) => !inBin.has(id) && !back.some((file) => file.id === id && file.isOwn))) throw new NotFound()
    const restored = await restoreRows(tx, wanted)
    if (restored.length < wanted.length && (await findFilesToShare(tx, viewer.partyId, wanted)).length < wanted.length) throw new NotFound()
    await recordEvents(tx, restored.map((id) => ({ chainId: inBin.get(id)?.dossierId ?? id, kind: "file.restored", subjectId: id })))
  })
}

/** A file in the bin; `days` is how long it stays there. */
export type BinnedFile = Pick<BinRow, "id" | "name" | "size" | "binnedAt"> & { days: number }

/** "Prullenbak": the viewer's own, newest first. */
export async function viewBin(viewer: Viewer, now: Date): Promise<BinnedFile[]> {
  const rows = await readAsViewer(viewer, findBin)
  return rows.map(({ id, name, size, binnedAt }) => ({ id, name, size, binnedAt, days: daysLeft(binnedAt, now) }))
}

function wantedIds(fileIds: readonly string[]): string[] {
  const wanted = [...new Set(fileIds)]
  if (wanted.length === 0) throw new Invalid("files-none")
  if (wanted.length > shareLimits.files) throw new Invalid("files-too-many", { most: shareLimits.files })
  return wanted
}
