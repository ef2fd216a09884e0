"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { actionFor } from "#auth/action-door.ts"
import { inviteAllClients, inviteAllPeople } from "#domain/invitations/invite-all.ts"
import { now } from "#platform/clock.ts"

/** "Nodig iedereen uit" in a list of employees; says there how many were. */
export const inviteAllPeopleAction = actionFor(["office", "employer"], z.object({ employerId: z.uuid() }), async (viewer, input): Promise<void> => {
  const count = await inviteAllPeople(viewer, input, now())
  const here = viewer.kind === "office" ? `/kantoor/werkgevers/${input.employerId}/werknemers` : "/werkgever/werknemers"
  redirect(`${here}?uitgenodigd=${count}`)
})

/** "Nodig iedereen uit" in the list of clients. */
export const inviteAllClientsAction = actionFor(["office"], z.object({}), async (viewer): Promise<void> => {
  redirect(`/kantoor/werkgevers?uitgenodigd=${await inviteAllClients(viewer, now())}`)
})
