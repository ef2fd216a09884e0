"use server"

import { z } from "zod"
import { readersActionFor } from "#auth/action-door.ts"
import { askAddressLink } from "#domain/accounts/changed-address.ts"
import { confirmAddress } from "#domain/accounts/confirm-address.ts"
import { now } from "#platform/clock.ts"
import { PARTY_KINDS } from "#policy/viewer.ts"

const token = z.string().trim().min(1, "token-empty").max(500, "link-unknown").transform((text) => text.replace(/^.*#/, ""))

/** Confirms an address with the link that was mailed to it, for the account it is about, in whichever role. The whole address of the link may be given. */
export const confirmAddressAction = readersActionFor(PARTY_KINDS, z.object({ token }), async (viewer, input) => {
  await confirmAddress(viewer, input, now())
  return "confirmed"
})

/** Mails the link that confirms an address which payroll changed once more. */
export const askAddressLinkAction = readersActionFor(["employer", "employee"], z.object({}), async (viewer) => {
  await askAddressLink(viewer, now())
  return "mailed" as const
})
