"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { confirmedActionFor, publicAction, readersActionFor } from "#auth/action-door.ts"
import { forgetBrief, keepBriefly, keptBriefly } from "#auth/brief-cookie.ts"
import { openCookie } from "#auth/cookie.ts"
import { homeOf } from "#auth/page-door.ts"
import { linkEmployment } from "#domain/accounts/link-employment.ts"
import { now } from "#platform/clock.ts"
import { readBirthDate } from "#policy/birth-date.ts"
import { linkLimits } from "#policy/link-limits.ts"
import { PARTY_KINDS } from "#policy/viewer.ts"

const page = "/koppelen"
const token = z.string().trim().min(1, "token-empty").max(500, "link-unknown").transform((text) => text.replace(/^.*#/, ""))

/** Keeps the link of a new employment in this browser while one signs in, and goes to where it is added to the own account. The whole address may be given. */
export const keepLinkAction = publicAction(z.object({ token }), async (input): Promise<never> => {
  await keepBriefly("koppel", input.token, linkLimits.lifetime)
  redirect(page)
})

/** Adds the employment of the link that this browser keeps to the viewer's account. */
export const linkEmploymentAction = confirmedActionFor(PARTY_KINDS, page, z.object({ proof: z.string().trim().max(50).default("") }), async (viewer, { proof }): Promise<never> => {
  const kept = await keptBriefly("koppel")
  await openCookie(await linkEmployment(viewer, { token: kept, proof: readBirthDate(proof) ?? proof }, now()))
  await forgetBrief("koppel")
  redirect(`${page}?toegevoegd=ja`)
})

/** "Nu niet": throws the link away that this browser keeps. */
export const forgetLinkAction = readersActionFor(PARTY_KINDS, z.object({ later: z.literal("yes") }), async ({ kind }): Promise<never> => {
  await forgetBrief("koppel")
  redirect(homeOf[kind])
})
