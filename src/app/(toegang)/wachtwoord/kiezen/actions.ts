"use server"

import { headers } from "next/headers"
import { redirect } from "next/navigation"
import { z } from "zod"
import { publicAction } from "#auth/action-door.ts"
import { forgetBrief } from "#auth/brief-cookie.ts"
import { choosePassword } from "#domain/accounts/choose-password.ts"
import { viewPasswordLink, type PasswordLinkView } from "#domain/accounts/view-password-link.ts"
import { now } from "#platform/clock.ts"
import { readBirthDate } from "#policy/birth-date.ts"
import { goOn } from "../../enter-portal.ts"

/** What a link can still do, and the link itself, to be sent along when the password is chosen. */
export type LookedAt = { token: string; view: PasswordLinkView }

const token = z.string().trim().min(1, "token-empty").max(200, "link-unknown").transform((text) => text.replace(/^.*#/, ""))

/** Looks at a link; that uses nothing up. The whole address may be given, or what stands behind its #. */
export const lookAtLinkAction = publicAction(z.object({ token }), async (input): Promise<LookedAt> => {
  return { token: input.token, view: await viewPasswordLink(input.token, now()) }
})

const chosen = {
  token,
  username: z.string().trim().min(1, "username-empty").max(300, "username-invalid"),
  password: z.string().min(1, "password-empty").max(1000, "password-too-long"),
}
const birthDate = z.string().trim().min(1, "proof-empty").transform((text, context) => {
  const date = readBirthDate(text)
  if (date) return date
  context.addIssue({ code: "custom", message: "date-invalid" })
  return z.NEVER
})
/** "either" is the form without JavaScript, which cannot look at the link first. */
const schema = z.discriminatedUnion("check", [
  z.object({ ...chosen, check: z.literal("birth-date"), proof: birthDate }),
  z.object({ ...chosen, check: z.literal("wage-tax-number"), proof: z.string().trim().min(1, "proof-empty").max(50) }),
  z.object({ ...chosen, check: z.literal("none"), proof: z.null().default(null) }),
  z.object({ ...chosen, check: z.literal("either"), proof: z.string().trim().max(50).transform((text) => readBirthDate(text) ?? text) }),
])

/** Chooses username and password with a link, and goes to the own portal, or on to the second step. A date that is no date costs no try. */
export const choosePasswordAction = publicAction(schema, async ({ check: _check, ...input }) => {
  const device = (await headers()).get("user-agent")
  const entered = await choosePassword({ ...input, device }, now())
  await forgetBrief("koppel")
  redirect(`${await goOn(entered)}?welkom=ja`)
})
