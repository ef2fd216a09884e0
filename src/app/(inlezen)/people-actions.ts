"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { actionFor } from "#auth/action-door.ts"
import { importPeople, previewPeople } from "#domain/parties/import-people.ts"
import { peopleSources } from "#domain/reading/reading-jobs.ts"
import { now } from "#platform/clock.ts"
import { maxShown } from "#policy/upload-limits.ts"
import type { Viewer } from "#policy/viewer.ts"

const shape = z.object({
  employerId: z.uuid().optional(),
  source: z.enum(peopleSources),
  file: z.instanceof(File, { message: "file-missing" }).refine((file) => file.size > 0, "file-missing"),
})

const numbers = z.array(z.string().max(35)).max(maxShown)

/**
 * `confirmed` are the numbers that were ticked: none, one or a list. `plain` comes along when the browser runs no JavaScript: then the
 * outcome is told by the page one is sent to.
 */
const stored = shape.extend({
  fingerprint: z.string().max(64),
  confirmed: z.preprocess((told) => (Array.isArray(told) ? told : [told].filter((one) => one !== undefined)), numbers),
  plain: z.literal("yes").optional(),
})

type Chosen = z.output<typeof shape>

async function readChosen({ employerId, source, file }: Chosen) {
  return { employerId: employerId ?? null, source, bytes: new Uint8Array(await file.arrayBuffer()) }
}

/** What a file would change, and which kind of file it is. Stores nothing. */
export const previewPeopleAction = actionFor(["office", "employer"], shape, async (viewer, input) => {
  const preview = await previewPeople(viewer, await readChosen(input))
  return { ...preview, source: input.source }
})

/** Imports the file that was previewed, known by its fingerprint. */
export const importPeopleAction = actionFor(["office", "employer"], stored, async (viewer, input) => {
  const { fingerprint, confirmed } = input
  const { added, changed, employerId } = await importPeople(viewer, { ...(await readChosen(input)), fingerprint, confirmed }, now())
  if (input.plain) redirect(`${pageOf(viewer, employerId)}?${new URLSearchParams({ nieuw: String(added), gewijzigd: String(changed) })}`)
  return { added, changed }
})

function pageOf(viewer: Viewer, employerId: string): string {
  return viewer.kind === "office" ? `/kantoor/werkgevers/${employerId}/werknemers/importeren` : "/werkgever/werknemers/importeren"
}
