"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { actionFor } from "#auth/action-door.ts"
import { addEmployer } from "#domain/parties/add-employer.ts"
import { now } from "#platform/clock.ts"
import { normaliseEmailAddress } from "#policy/email-address.ts"
import { normalisePostcode } from "#policy/postcode.ts"

const text = z.string().trim().max(200, "name-too-long")
const line = text.transform((typed) => typed || null)

/** A line that may stay empty, and is otherwise spelled as it is stored; `code` says that it cannot be. */
function spelled(rule: (typed: string) => string | null, code: string) {
  return text.transform((typed, context) => {
    if (!typed) return null
    const stored = rule(typed)
    if (stored === null) context.addIssue({ code: "custom", message: code })
    return stored
  })
}

const shape = z.object({
  name: text.min(1, "field-empty"),
  wageTaxNumber: text.min(1, "field-empty"),
  number: line,
  periodKind: z.enum(["month", "four-weeks"]),
  email: spelled(normaliseEmailAddress, "email-invalid"),
  phone: line,
  street: line,
  houseNumber: line,
  postcode: spelled(normalisePostcode, "postcode-invalid"),
  city: line,
})

/** Adds a client and goes to its page. */
export const addEmployerAction = actionFor(["office"], shape, async (viewer, input): Promise<void> => {
  const { employerId } = await addEmployer(viewer, input, now())
  redirect(`/kantoor/werkgevers/${employerId}?nieuw=1`)
})
