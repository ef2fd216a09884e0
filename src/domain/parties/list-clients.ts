import { asViewer } from "#platform/database.ts"
import { Forbidden } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { accessOf, type Access } from "./access.ts"
import { findClients, type ClientRow } from "./party-repository.ts"

export type ClientView = ClientRow & { access: Access }

/** The employers that the viewer's office works for now, by name. Forbidden for anybody but an office. */
export async function listClients(viewer: Viewer): Promise<ClientView[]> {
  if (viewer.kind !== "office") throw new Forbidden()
  const clients = await asViewer(viewer, (tx) => findClients(tx, viewer.partyId))
  return clients.map((client) => ({ ...client, access: accessOf({ ...client, contactEmail: client.email }) }))
}
