"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { actionFor } from "#auth/action-door.ts"
import { importPeople, lookAtPeople, type Leaver, type Return } from "#domain/parties/import-people.ts"
import { peopleSources } from "#domain/reading/reading-jobs.ts"
import { now } from "#platform/clock.ts"
import { importFields } from "#policy/import-fields.ts"
import { maxColumns, maxShown } from "#policy/upload-limits.ts"
import type { Viewer } from "#policy/viewer.ts"

/** What a form sends once for each of its rows: nothing, one or a list. */
const listOf = <Item extends z.ZodType>(item: Item, most: number) =>
  z.preprocess((told) => (Array.isArray(told) ? told : [told].filter((one) => one !== undefined)), z.array(item).max(most))

const sheet = z.union([z.literal("").transform(() => null), z.coerce.number().int().min(0).max(100)]).optional()
const number = z.string().max(35)

/**
 * `column` is the field of each column of a list, in their order. `adjust` asks to see the columns; and so does another sheet than the one whose columns
 * stood on the screen (`shownSheet`).
 */
const shape = z.object({
  employerId: z.uuid().optional(),
  source: z.enum(peopleSources),
  file: z.instanceof(File, { message: "file-missing" }).refine((file) => file.size > 0, "file-missing"),
  sheet,
  shownSheet: sheet,
  column: listOf(z.union([z.enum(importFields), z.literal("").transform(() => null)]), maxColumns),
  adjust: z.literal("yes").optional(),
})

/**
 * `confirmed` are the numbers that were ticked. Of each who came back, and of each who is not in the file, number and answer come beside each other. `plain`
 * comes along when the browser runs no JavaScript: then the outcome is told by the page one is sent to.
 */
const stored = shape.extend({
  fingerprint: z.string().max(64),
  confirmed: listOf(number, maxShown),
  returnNumber: listOf(number, maxShown),
  returnAs: listOf(z.enum(["", "same", "new"]), maxShown),
  leaverNumber: listOf(number, maxShown),
  leaverOn: listOf(z.string().max(20), maxShown),
  plain: z.literal("yes").optional(),
})

type Chosen = z.output<typeof shape>

async function readChosen({ employerId, source, file, sheet: asked, shownSheet, column, adjust }: Chosen) {
  const isOther = adjust === "yes" || (asked ?? null) !== (shownSheet ?? asked ?? null)
  const columns = { sheet: asked ?? null, fields: isOther || column.length === 0 ? null : column }
  return { employerId: employerId ?? null, source, bytes: new Uint8Array(await file.arrayBuffer()), columns, adjust: isOther }
}

/** What a file would change, or which columns it has; and which kind of file it is. Stores nothing. */
export const previewPeopleAction = actionFor(["office", "employer"], shape, async (viewer, input) => {
  const look = await lookAtPeople(viewer, await readChosen(input), now())
  return { ...look, source: input.source, employerId: input.employerId ?? "" }
})

/** Imports the file that was previewed, known by its fingerprint. */
export const importPeopleAction = actionFor(["office", "employer"], stored, async (viewer, input) => {
  const { fingerprint, confirmed } = input
  const answers = { confirmed, returning: returnsIn(input), leavers: leaversIn(input) }
  const { added, changed, employerId } = await importPeople(viewer, { ...(await readChosen(input)), ...answers, fingerprint }, now())
  if (input.plain) redirect(`${pageOf(viewer, employerId)}?${new URLSearchParams({ nieuw: String(added), gewijzigd: String(changed) })}`)
  return { added, changed }
})

function returnsIn({ returnNumber, returnAs }: z.output<typeof stored>): Return[] {
  return returnNumber.flatMap((one, index) => {
    const as = returnAs[index]
    return as ? { number: one, as } : []
  })
}

function leaversIn({ leaverNumber, leaverOn }: z.output<typeof stored>): Leaver[] {
  return leaverNumber.flatMap((one, index) => {
    const on = leaverOn[index]
    return on ? { number: one, on } : []
  })
}

function pageOf(viewer: Viewer, employerId: string): string {
  return viewer.kind === "office" ? `/kantoor/werkgevers/${employerId}/werknemers/importeren` : "/werkgever/werknemers/importeren"
}
