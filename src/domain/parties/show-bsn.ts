import { asViewer } from "#platform/database.ts"
import { unseal } from "#platform/secrets.ts"
import { NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { findSealedBsn } from "./employee-repository.ts"

/** The BSN of an employee the viewer may see, nine digits; showing it is recorded in the employee's chain (product.md 2.11). NotFound when out of sight or not known. */
export async function showBsn(viewer: Viewer, input: { employeeId: string }): Promise<string> {
  return asViewer(viewer, async (tx) => {
    const found = await findSealedBsn(tx, input.employeeId)
    if (!found?.sealed) throw new NotFound()
    await recordEvents(tx, [{ chainId: input.employeeId, kind: "bsn.shown", subjectId: input.employeeId }])
    return unseal("bsn", found.sealed, input.employeeId).toString()
  })
}
