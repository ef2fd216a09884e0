import { asSystem } from "#platform/database.ts"
import { Forbidden } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { recordEvents } from "../audit/record-event.ts"
import { findSecondSteps, updatePutOff } from "./second-step-repository.ts"

/** "Later": offers the viewer no second step for thirty days. Forbidden for who must have one. */
export async function putOffSecondStep({ accountId, partyId }: Viewer, now: Date): Promise<void> {
  await asSystem("second-step", async (tx) => {
    if ((await findSecondSteps(tx, accountId))?.mustHaveSecondStep) throw new Forbidden("second-step-needed")
    await updatePutOff(tx, accountId, now)
    await recordEvents(tx, [{ chainId: accountId, kind: "account.second-step-put-off", accountId, partyId, subjectId: accountId }])
  })
}
