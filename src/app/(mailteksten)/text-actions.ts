"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { actionFor } from "#auth/action-door.ts"
import { homeOf } from "#auth/page-door.ts"
import { changeMailText, restoreMailText } from "#domain/mail-texts/change-text.ts"
import { tryMailText } from "#domain/mail-texts/try-text.ts"
import { locales } from "#messages/locale.ts"
import { now } from "#platform/clock.ts"
import { TEXT_KINDS } from "#policy/mail-texts.ts"
import type { Viewer } from "#policy/viewer.ts"

const kinds = ["office", "employer"] as const
const one = z.object({ mail: z.enum(TEXT_KINDS), taal: z.enum(locales) })
/** Longer than any of them may be: how long is said by field. */
const text = z.string().max(20_000, "invalid")

function backTo(viewer: Viewer, { mail, taal }: z.output<typeof one>, done: string): never {
  redirect(`${homeOf[viewer.kind]}/mailteksten?${new URLSearchParams({ mail, taal, gedaan: done })}`)
}

/** "Bewaar". */
export const saveTextAction = actionFor(kinds, one.extend({ subject: text, before: text, after: text, version: z.string().max(36) }), async (viewer, { mail, taal, version, ...words }): Promise<void> => {
  await changeMailText(viewer, { kind: mail, locale: taal, version, words }, now())
  backTo(viewer, { mail, taal }, "bewaard")
})

/** "Herstel". */
export const restoreTextAction = actionFor(kinds, one, async (viewer, input): Promise<void> => {
  await restoreMailText(viewer, { kind: input.mail, locale: input.taal })
  backTo(viewer, input, "hersteld")
})

/** "Stuur mij een proef". */
export const tryTextAction = actionFor(kinds, one, async (viewer, input): Promise<void> => {
  await tryMailText(viewer, { kind: input.mail, locale: input.taal }, now())
  backTo(viewer, input, "verstuurd")
})
