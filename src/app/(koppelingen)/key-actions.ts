"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { confirmedActionFor } from "#auth/action-door.ts"
import { homeOf } from "#auth/page-door.ts"
import { makeKey, revokeKey, takeOverKey } from "#domain/api-keys/make-key.ts"
import { now } from "#platform/clock.ts"
import { keyLives } from "#policy/api-limits.ts"
import { isApiScope } from "#policy/api-scopes.ts"
import type { Viewer } from "#policy/viewer.ts"

const kinds = ["office", "employer"] as const
const here = (viewer: Viewer) => `${homeOf[viewer.kind]}/koppelingen`
const list = (text: z.ZodType<string>) => z.union([text, z.array(text)]).optional().transform((given) => [given ?? []].flat())

const newKey = z.object({
  name: z.string().trim().min(1, "field-empty").max(100, "invalid"),
  scope: list(z.string()).transform((scopes) => scopes.filter(isApiScope)),
  reach: z.enum(["all", "some"]).default("all"),
  client: list(z.uuid()),
  days: z.enum(["90", "365", "none"]).default("365"),
})

/** "Maak sleutel": gives the secret, this once. */
export const makeKeyAction = confirmedActionFor(kinds, here, newKey, async (viewer, { name, scope, reach, client, days }) => {
  const { secret } = await makeKey(viewer, { name, scopes: scope, clients: reach === "some" ? client : null, days: keyLives[days] }, now())
  return secret
})

/** "Trek in". */
export const revokeKeyAction = confirmedActionFor(kinds, here, z.object({ keyId: z.uuid() }), async (viewer, input): Promise<void> => {
  await revokeKey(viewer, input, now())
  redirect(`${here(viewer)}?gedaan=ingetrokken`)
})

/** "Neem over". */
export const takeOverKeyAction = confirmedActionFor(kinds, here, z.object({ keyId: z.uuid() }), async (viewer, input): Promise<void> => {
  await takeOverKey(viewer, input, now())
  redirect(`${here(viewer)}?gedaan=overgenomen`)
})
