"use server"

import { refresh } from "next/cache"
import { z } from "zod"
import { actionFor } from "#auth/action-door.ts"
import { changeReminder, describeBackup, pinBackup, removeBackup, unpinBackup } from "#domain/package-backups/change-backup.ts"
import { now } from "#platform/clock.ts"

const kinds = ["office", "employer"] as const
const one = z.object({ backupId: z.uuid() })

/** "Omschrijving". */
export const describeBackupAction = actionFor(kinds, one.extend({ description: z.string().max(1000) }), async (viewer, input): Promise<void> => {
  await describeBackup(viewer, input)
  refresh()
})

/** "Zet vast" and "Maak los". */
export const pinBackupAction = actionFor(kinds, one.extend({ pin: z.enum(["yes", "no"]) }), async (viewer, { backupId, pin }): Promise<void> => {
  await (pin === "yes" ? pinBackup(viewer, { backupId }, now()) : unpinBackup(viewer, { backupId }))
  refresh()
})

/** "Verwijder", and "Haal weg" for what is on its way. */
export const removeBackupAction = actionFor(kinds, one, async (viewer, input): Promise<void> => {
  await removeBackup(viewer, input)
  refresh()
})

/** "Herinnering": after so many days; empty is none. */
export const changeBackupReminderAction = actionFor(kinds, z.object({ employerId: z.uuid(), days: z.string().max(10) }), async (viewer, { employerId, days }): Promise<void> => {
  await changeReminder(viewer, { employerId, days: days.trim() === "" ? null : Number(days) }, now())
  refresh()
})
