import { asViewer } from "#platform/database.ts"
import { Forbidden } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { hasAllClients } from "./staff-repository.ts"

/** Refuses whoever works for some clients of the office only: Forbidden "some-clients". Clients come and go by those who have all of them. */
export async function assertAllClients(viewer: Viewer): Promise<void> {
  if (!(await asViewer(viewer, hasAllClients))) throw new Forbidden("some-clients")
}
