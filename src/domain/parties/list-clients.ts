import { asViewer } from "#platform/database.ts"
import { Forbidden } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { findClients, type ClientRow } from "./party-repository.ts"

/** The employers that the viewer's office works for now, by name. Forbidden for anybody but an office. */
export async function listClients(viewer: Viewer): Promise<ClientRow[]> {
  if (viewer.kind !== "office") throw new Forbidden()
  return asViewer(viewer, (tx) => findClients(tx, viewer.partyId))
}
