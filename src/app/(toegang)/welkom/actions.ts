"use server"

import { z } from "zod"
import { publicAction } from "#auth/action-door.ts"
import { askLinkByInvitation, renewInvitation, type InvitationUsed } from "#domain/invitations/use-invitation.ts"
import { viewInvitation, type InvitationView } from "#domain/invitations/view-invitation.ts"
import { now } from "#platform/clock.ts"

/** Where an invitation stands, and its token, to be sent along with what is asked next. */
export type LookedAtInvitation = { token: string; view: InvitationView }

const schema = z.object({ token: z.string().trim().min(1, "token-empty").max(500, "link-unknown").transform((text) => text.replace(/^.*#/, "")) })

/** Looks where an invitation stands; that uses nothing up. The whole address may be given, or what stands behind its #. */
export const lookAtInvitationAction = publicAction(schema, async ({ token }): Promise<LookedAtInvitation> => {
  return { token, view: await viewInvitation(token, now()) }
})

/** "Stuur mij een link om een wachtwoord te kiezen". */
export const askLinkByInvitationAction = publicAction(schema, ({ token }): Promise<InvitationUsed> => askLinkByInvitation(token, now()))

/** "Stuur mij een nieuwe uitnodiging". */
export const renewInvitationAction = publicAction(schema, ({ token }): Promise<InvitationUsed> => renewInvitation(token, now()))
