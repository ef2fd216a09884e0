"use server"

import { refresh } from "next/cache"
import { z } from "zod"
import { actionFor, confirmedActionFor } from "#auth/action-door.ts"
import { homeOf } from "#auth/page-door.ts"
import { tryAddressAgain } from "#domain/bounces/try-again.ts"
import { blockAccess, invite, unblockAccess, withdrawInvitation } from "#domain/invitations/change-access.ts"
import { resetSecondStep, takeAccess } from "#domain/invitations/take-access.ts"
import { changeContactEmail } from "#domain/parties/change-contact-email.ts"
import { now } from "#platform/clock.ts"
import { innerPath } from "#policy/inner-path.ts"

const senders = ["office", "employer"] as const
const party = z.object({ partyId: z.uuid() })

/** "Nodig uit", or once more. */
export const inviteAction = actionFor(senders, party, async (viewer, input): Promise<void> => {
  await invite(viewer, input, now())
  refresh()
})

/** "Trek in". */
export const withdrawInvitationAction = actionFor(senders, party, async (viewer, input): Promise<void> => {
  await withdrawInvitation(viewer, input, now())
  refresh()
})

/** "Blokkeer". */
export const blockAccessAction = actionFor(senders, party, async (viewer, input): Promise<void> => {
  await blockAccess(viewer, input, now())
  refresh()
})

/** "Deblokkeer". */
export const unblockAccessAction = actionFor(senders, party, async (viewer, input): Promise<void> => {
  await unblockAccess(viewer, input, now())
  refresh()
})

/** "Probeer opnieuw". */
export const tryAddressAgainAction = actionFor(senders, party, async (viewer, input): Promise<void> => {
  await tryAddressAgain(viewer, input, now())
  refresh()
})

/** "Adres wijzigen". */
export const changeContactEmailAction = actionFor(senders, party.extend({ email: z.string().max(300, "email-invalid") }), async (viewer, input) => {
  const followed = await changeContactEmail(viewer, input, now())
  refresh()
  return followed
})

/** "Verwijder toegang". */
export const takeAccessAction = actionFor(senders, party, async (viewer, input): Promise<void> => {
  await takeAccess(viewer, input, now())
  refresh()
})

/** "Tweede stap opnieuw": only who lately proved to be the holder of the session; who did not comes back to the page that it stands on. */
export const resetSecondStepAction = confirmedActionFor(senders, ({ kind }, form) => innerPath(String(form.get("naar") ?? "")) ?? homeOf[kind], party, async (viewer, input): Promise<void> => {
  await resetSecondStep(viewer, input, now())
  refresh()
})
