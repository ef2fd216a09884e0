"use server"

import { z } from "zod"
import { actionFor } from "#auth/action-door.ts"
import { importPeople, PEOPLE_SOURCES, previewPeople } from "#domain/parties/import-people.ts"

const shape = z.object({
  employerId: z.uuid().optional(),
  source: z.enum(PEOPLE_SOURCES),
  file: z.instanceof(File, { message: "file-missing" }).refine((file) => file.size > 0, "file-missing"),
})

type Chosen = z.output<typeof shape>

async function readChosen({ employerId, source, file }: Chosen) {
  return { employerId: employerId ?? null, source, bytes: new Uint8Array(await file.arrayBuffer()) }
}

/** What a file would change. Stores nothing. */
export const previewPeopleAction = actionFor(["office", "employer"], shape, async (viewer, input) => previewPeople(viewer, await readChosen(input)))

/** Imports the file that was previewed, known by its fingerprint. */
export const importPeopleAction = actionFor(["office", "employer"], shape.extend({ fingerprint: z.string().max(64) }), async (viewer, input) => {
  const { added, changed } = await importPeople(viewer, { ...(await readChosen(input)), fingerprint: input.fingerprint })
  return { added, changed }
})
