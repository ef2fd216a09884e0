"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { confirmedActionFor } from "#auth/action-door.ts"
import { homeOf } from "#auth/page-door.ts"
import { addStaff, changeStaff, removeStaff, type StaffRights } from "#domain/staff/change-staff.ts"
import { now } from "#platform/clock.ts"
import { RANKS } from "#policy/ranks.ts"
import type { Viewer } from "#policy/viewer.ts"

const kinds = ["office", "employer"] as const
const here = (viewer: Viewer) => `${homeOf[viewer.kind]}/collegas`

/** A rank, and where an office chooses clients: all of them, or those that are ticked. An owner has all, whatever is ticked. */
const rights = {
  rank: z.enum(RANKS),
  reach: z.enum(["all", "some"]).default("all"),
  client: z.union([z.uuid(), z.array(z.uuid())]).optional().transform((given) => [given ?? []].flat()),
}
const rightsOf = ({ rank, reach, client }: { rank: StaffRights["rank"]; reach: "all" | "some"; client: string[] }): StaffRights => ({ rank, clients: reach === "some" && rank !== "owner" ? client : null })

const person = { name: z.string().trim().min(1, "field-empty").max(100, "invalid"), email: z.string().trim().min(1, "field-empty").max(300, "email-invalid") }

/** "Voeg toe": one more person may sign in, and is mailed. */
export const addStaffAction = confirmedActionFor(kinds, here, z.object({ ...person, ...rights }), async (viewer, { name, email, ...given }): Promise<void> => {
  await addStaff(viewer, { name, email, ...rightsOf(given) }, now())
  redirect(`${here(viewer)}?gedaan=erbij`)
})

/** Another rank or other clients. */
export const changeStaffAction = confirmedActionFor(kinds, here, z.object({ roleId: z.uuid(), ...rights }), async (viewer, { roleId, ...given }): Promise<void> => {
  await changeStaff(viewer, { roleId, ...rightsOf(given) }, now())
  redirect(`${here(viewer)}?gedaan=gewijzigd`)
})

/** "Haal toegang weg". */
export const removeStaffAction = confirmedActionFor(kinds, here, z.object({ roleId: z.uuid() }), async (viewer, input): Promise<void> => {
  await removeStaff(viewer, input, now())
  redirect(`${here(viewer)}?gedaan=weg`)
})
