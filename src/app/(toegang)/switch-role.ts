"use server"

import { headers } from "next/headers"
import { redirect } from "next/navigation"
import { z } from "zod"
import { readersActionFor } from "#auth/action-door.ts"
import { enter } from "#auth/enter.ts"
import { switchRole } from "#domain/sessions/switch-role.ts"
import { now } from "#platform/clock.ts"
import { PARTY_KINDS } from "#policy/viewer.ts"

/** A role, by the id of its party; behind a slash a file to open in it. */
const role = z.string().max(80).transform((text) => text.split("/")).pipe(z.union([z.tuple([z.uuid()]), z.tuple([z.uuid(), z.uuid()])]))

/** Goes on as another role of the account, with a new session, and lands on its home, or on the page of a file of that role. */
export const switchRoleAction = readersActionFor(PARTY_KINDS, z.object({ role }), async (viewer, { role: [partyId, file] }): Promise<never> => {
  const device = (await headers()).get("user-agent")
  const home = await enter(await switchRole(viewer, { partyId, device }, now()))
  redirect(file ? `${home}/bestanden/${file}` : home)
})
