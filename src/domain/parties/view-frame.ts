import { readAsViewer, type Reader } from "#platform/database.ts"
import { listName } from "#policy/person-name.ts"
import type { PartyKind, Viewer } from "#policy/viewer.ts"
import { unreadCount } from "../files/unread-count.ts"
import { findFrameNames } from "./frame-repository.ts"

/**
 * What stands around every page: who this is, for whom, and how much is unread (counted no further than 100).
 * `runsPayroll` is true for an office, and for an employer that no office works for.
 */
export type Frame = { kind: PartyKind; name: string; at: string | null; clientNumber: string | null; runsPayroll: boolean; unread: number }

/** The frame of a viewer's pages. */
export async function viewFrame(viewer: Viewer): Promise<Frame> {
  return readAsViewer(viewer, (reader) => readFrame(reader, viewer))
}

/** The frame, where a viewer was entered already. */
export async function readFrame(reader: Reader, viewer: Viewer): Promise<Frame> {
  const [found, unread] = await Promise.all([findFrameNames(reader, viewer.partyId), unreadCount(reader, viewer)])
  const name = found?.surname ? listName({ initials: found.initials, prefix: found.prefix, surname: found.surname }) : (found?.name ?? "")
  const runsPayroll = viewer.kind === "office" || (viewer.kind === "employer" && found?.servedByOffice === false)
  return { kind: viewer.kind, name, at: found?.at ?? null, clientNumber: found?.clientNumber ?? null, runsPayroll, unread }
}
