"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { actionFor } from "#auth/action-door.ts"
import { importPeople, PEOPLE_SOURCES, previewPeople } from "#domain/parties/import-people.ts"
import type { Viewer } from "#policy/viewer.ts"

const shape = z.object({
  employerId: z.uuid().optional(),
  source: z.enum(PEOPLE_SOURCES),
  file: z.instanceof(File, { message: "file-missing" }).refine((file) => file.size > 0, "file-missing"),
})

/** `plain` comes along when the browser runs no JavaScript: then the outcome is told by the page one is sent to. */
const confirmed = shape.extend({ fingerprint: z.string().max(64), plain: z.literal("yes").optional() })

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
export const importPeopleAction = actionFor(["office", "employer"], confirmed, async (viewer, input) => {
  const { added, changed, employerId } = await importPeople(viewer, { ...(await readChosen(input)), fingerprint: input.fingerprint })
  if (input.plain) redirect(`${pageOf(viewer, employerId)}?${new URLSearchParams({ nieuw: String(added), gewijzigd: String(changed) })}`)
  return { added, changed }
})

function pageOf(viewer: Viewer, employerId: string): string {
  return viewer.kind === "office" ? `/kantoor/werkgevers/${employerId}/werknemers/importeren` : "/werkgever/werknemers/importeren"
}
