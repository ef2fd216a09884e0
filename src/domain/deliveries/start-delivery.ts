import { asViewer } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { Forbidden, NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { findEngagement } from "../parties/find-engagement.ts"
import { servedEmployer } from "../parties/served-employer.ts"
import { findDelivery, insertDelivery } from "./delivery-repository.ts"

/**
 * Begins a delivery for one employer: by its office, or by an employer that runs payroll itself; under `deliveryId` where that was given, and
 * then once; `madeWith` is the name of the request that a program makes it with.
 * NotFound when the employer is not in sight; Forbidden for an employee and for an employer that has an office.
 */
export async function startDelivery(viewer: Viewer, input: { employerId: string | null; deliveryId?: string; madeWith?: string | null }, now: Date): Promise<{ deliveryId: string }> {
  return asViewer(viewer, async (tx) => {
    const employer = await servedEmployer(tx, viewer, input.employerId)
    const engagement = await findEngagement(tx, employer.id)
    if (viewer.kind === "employer" && engagement) throw new Forbidden("delivery-by-office")
    if (viewer.kind === "office" && engagement?.officeId !== viewer.partyId) throw new NotFound()
    const deliveryId = input.deliveryId ?? newId()
    if (input.deliveryId && (await findDelivery(tx, deliveryId))) return { deliveryId }
    const audienceId = engagement?.id ?? employer.id
    await insertDelivery(tx, { id: deliveryId, employerId: employer.id, audienceId, senderId: viewer.partyId, createdBy: viewer.accountId, createdAt: now, madeWith: input.madeWith ?? null })
    await recordEvents(tx, [{ chainId: deliveryId, kind: "delivery.started", subjectId: employer.id }])
    return { deliveryId }
  })
}
