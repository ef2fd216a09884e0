"use server"

import { refresh } from "next/cache"
import { redirect } from "next/navigation"
import { z } from "zod"
import { actionFor, readersActionFor } from "#auth/action-door.ts"
import { homeOf } from "#auth/page-door.ts"
import { markFiles } from "#domain/files/mark-files.ts"
import { binFiles, restoreFiles } from "#domain/sharing/bin-files.ts"
import { endShare } from "#domain/sharing/end-share.ts"
import { shareFiles } from "#domain/sharing/share-files.ts"
import { now } from "#platform/clock.ts"
import { Invalid } from "#policy/errors.ts"
import { assertMayChange } from "#policy/may-change.ts"
import { shareLimits } from "#policy/share-steps.ts"
import { PARTY_KINDS } from "#policy/viewer.ts"

/** One or several ids of a form: a name that stands there once is no list. */
const ids = z.union([z.uuid(), z.array(z.uuid())]).optional().transform((given) => [given ?? []].flat())

/** What is done with the files that were ticked: shared (on a page of its own, whose address holds no more than a share may), put in the bin, or marked. */
export const bulkFilesAction = readersActionFor(PARTY_KINDS, z.object({ doe: z.enum(["gelezen", "ongelezen", "delen", "weg"]), bestand: ids }), async (viewer, { doe, bestand }): Promise<void> => {
  const home = homeOf[viewer.kind]
  const asked = (name: string) => new URLSearchParams(bestand.map((id) => [name, id]))
  if (doe === "gelezen" || doe === "ongelezen") {
    await markFiles(viewer, { fileIds: bestand, as: doe === "gelezen" ? "read" : "unread" }, now())
    return refresh()
  }
  assertMayChange(viewer)
  if (doe === "weg") {
    await binFiles(viewer, { fileIds: bestand })
    redirect(`${home}/dossier?${asked("weg")}`)
  }
  if (bestand.length > shareLimits.files) throw new Invalid("files-too-many", { most: shareLimits.files })
  redirect(`${home}/delen?${asked("bestand")}`)
})

/** "Deel": after the confirmation that names who will see it. */
export const shareAction = actionFor(PARTY_KINDS, z.object({ tot: z.string().max(10), met: ids, bestand: ids }), async (viewer, { bestand, met, tot }): Promise<void> => {
  await shareFiles(viewer, { fileIds: bestand, receiverIds: met, lastDay: tot || null }, now())
  const home = homeOf[viewer.kind]
  redirect(bestand.length === 1 ? `${home}/bestanden/${bestand[0]}#delen` : `${home}/dossier?gedeeld=${bestand.length}`)
})

/** "Stop met delen". */
export const endShareAction = actionFor(PARTY_KINDS, z.object({ shareId: z.uuid(), fileId: z.uuid() }), async (viewer, input): Promise<void> => {
  await endShare(viewer, input)
  refresh()
})

/** "Zet terug", or "Ongedaan maken" right after deleting. */
export const restoreFilesAction = actionFor(PARTY_KINDS, z.object({ naar: z.enum(["dossier", "prullenbak"]), bestand: ids }), async (viewer, { naar, bestand }): Promise<void> => {
  await restoreFiles(viewer, { fileIds: bestand })
  redirect(`${homeOf[viewer.kind]}/${naar}?terug=${bestand.length}`)
})
