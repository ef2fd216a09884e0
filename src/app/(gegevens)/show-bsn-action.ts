"use server"

import { z } from "zod"
import { readersActionFor } from "#auth/action-door.ts"
import { showBsn } from "#domain/parties/show-bsn.ts"
import { PARTY_KINDS } from "#policy/viewer.ts"

/** Shows one BSN to who may see that employee. It is recorded. */
export const showBsnAction = readersActionFor(PARTY_KINDS, z.object({ employeeId: z.uuid() }), async (viewer, { employeeId }) => {
  return { employeeId, bsn: await showBsn(viewer, { employeeId }) }
})
