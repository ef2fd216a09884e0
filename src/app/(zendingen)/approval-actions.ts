"use server"

import { refresh } from "next/cache"
import { z } from "zod"
import { actionFor } from "#auth/action-door.ts"
import { addNote } from "#domain/approvals/add-note.ts"
import { approve, refuse } from "#domain/approvals/answer-approval.ts"
import { layBefore, withdrawApproval } from "#domain/approvals/lay-before.ts"
import { changeNeedsApproval } from "#domain/parties/need-approval.ts"
import { now } from "#platform/clock.ts"

/** What somebody says. */
const words = z.string().max(2000, "approval-too-long")

/** "Leg voor aan werkgever", with a note and a publication date where one likes. */
export const layBeforeAction = actionFor(["office"], z.object({ deliveryId: z.uuid(), remark: words, visibleFrom: z.string().max(40) }), async (viewer, { deliveryId, remark, visibleFrom }): Promise<void> => {
  await layBefore(viewer, { deliveryId, comment: remark, publishAt: visibleFrom || null }, now())
  refresh()
})

/** "Haal terug", before the employer answered. */
export const withdrawApprovalAction = actionFor(["office"], z.object({ deliveryId: z.uuid() }), async (viewer, input): Promise<void> => {
  await withdrawApproval(viewer, input, now())
  refresh()
})

/** "Akkoord". */
export const approveAction = actionFor(["employer"], z.object({ roundId: z.uuid(), remark: words }), async (viewer, { roundId, remark }): Promise<void> => {
  await approve(viewer, { roundId, comment: remark }, now())
  refresh()
})

/** "Niet akkoord", with a reason. */
export const refuseAction = actionFor(["employer"], z.object({ roundId: z.uuid(), reason: words }), async (viewer, { roundId, reason }): Promise<void> => {
  await refuse(viewer, { roundId, comment: reason }, now())
  refresh()
})

/** Says something to the other side. */
export const addNoteAction = actionFor(["office", "employer"], z.object({ deliveryId: z.uuid(), comment: words }), async (viewer, input): Promise<void> => {
  await addNote(viewer, input, now())
  refresh()
})

/** Whether akkoord of this client is always needed before "Verzend". */
export const needApprovalAction = actionFor(["office"], z.object({ employerId: z.uuid(), needed: z.enum(["yes", "no"]) }), async (viewer, { employerId, needed }): Promise<void> => {
  await changeNeedsApproval(viewer, { employerId, needsApproval: needed === "yes" })
  refresh()
})
