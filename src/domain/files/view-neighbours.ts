import { readAsViewer } from "#platform/database.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findSection, findUnreadAround, type NeighbourRow } from "./neighbour-repository.ts"

export type { NeighbourRow } from "./neighbour-repository.ts"

/**
 * The files around one, itself included, as the list has them now: the section of its dossier and year, or of "Ongelezen" the nearest on either
 * side. What is out of sight by now is not among them; without the file itself the list is empty or lacks it.
 */
export async function viewNeighbours(viewer: Viewer, { fileId, list }: { fileId: string; list: "dossier" | "unread" }): Promise<NeighbourRow[]> {
  return readAsViewer(viewer, (reader) => (list === "unread" ? findUnreadAround(reader, viewer.accountId, fileId) : findSection(reader, fileId)))
}
