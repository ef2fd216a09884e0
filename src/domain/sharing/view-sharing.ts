import { readAsViewer } from "#platform/database.ts"
import { NotFound } from "#policy/errors.ts"
import { letterName } from "#policy/person-name.ts"
import { mayChange } from "#policy/ranks.ts"
import { shareStep } from "#policy/share-steps.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findFilesToShare, findShares, type ShareRow } from "./share-repository.ts"

export type Share = Pick<ShareRow, "id" | "kind" | "name" | "reason" | "startsAt" | "endsAt">

/** What the viewer can do with a file that was uploaded: share it, put it in the bin, stop the shares. */
export type Sharing = { fileId: string; origin: "payroll" | "own"; canShare: boolean; canBin: boolean; canEnd: boolean; shares: Share[] }

/** The shares of a file that the viewer may end, and what else may be done with it. NotFound when out of sight. */
export async function viewSharing(viewer: Viewer, input: { fileId: string }): Promise<Sharing> {
  return readAsViewer(viewer, async (reader) => {
    const [[file], shares] = await Promise.all([findFilesToShare(reader, viewer.partyId, [input.fileId]), findShares(reader, input.fileId)])
    if (!file) throw new NotFound()
    const may = mayChange(viewer.rank)
    return { fileId: file.id, origin: file.origin, canShare: may && shareStep(viewer.kind, file) !== null, canBin: may && file.isOwn && file.origin === "own", canEnd: may, shares: shares.map(toShare) }
  })
}

function toShare({ id, kind, name, initials, prefix, reason, startsAt, endsAt }: ShareRow): Share {
  return { id, kind, name: kind === "employee" ? letterName({ initials, prefix, surname: name }) : name, reason, startsAt, endsAt }
}
