/** Where a person or client stands with getting in, with what was sent and what came of it. Keys under "accessNow" in the catalogue. */
export const ACCESS_STATES = ["no-email", "not-invited", "invited", "delivered", "bounced", "expired", "withdrawn", "tries-used", "active", "blocked"] as const

export type AccessState = (typeof ACCESS_STATES)[number]

/** What is known of somebody's access. `mail` is how the newest welcome mail went. */
export type AccessFacts = {
  email: string | null
  account: { hasPassword: boolean; blockedAt: Date | null; activeAt: Date | null } | null
  invitation: { createdAt: Date; expiresAt: Date; withdrawnAt: Date | null; triesLeft: number } | null
  mail: { state: "queued" | "sent" | "failed"; at: Date } | null
}

/** The state of somebody's access at a moment, and since when it is so, where that is known. */
export function accessState({ email, account, invitation, mail }: AccessFacts, now: Date): { state: AccessState; since: Date | null } {
  if (account?.blockedAt) return { state: "blocked", since: account.blockedAt }
  if (account?.hasPassword) return { state: "active", since: account.activeAt }
  if (!account || !invitation || email === null) return { state: email === null ? "no-email" : "not-invited", since: null }
  if (invitation.withdrawnAt) return { state: "withdrawn", since: invitation.withdrawnAt }
  if (invitation.triesLeft === 0) return { state: "tries-used", since: null }
  if (mail?.state === "failed") return { state: "bounced", since: mail.at }
  if (invitation.expiresAt <= now) return { state: "expired", since: invitation.expiresAt }
  return mail?.state === "sent" ? { state: "delivered", since: mail.at } : { state: "invited", since: invitation.createdAt }
}
