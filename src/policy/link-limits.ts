const minutes = 60_000

/** A link to choose a password that somebody asked for: how long it lives, how often the check may fail, how many an hour. */
export const linkLimits = { lifetime: 60 * minutes, tries: 5, perHour: 5 } as const

/** An invitation: how long it lives, and how often in all the check before a first password may fail until a new one is sent. */
export const invitationLimits = { lifetime: 4 * 24 * 60 * minutes, tries: 5 } as const

/** A link to confirm a private e-mail address: how long it lives, and how many an hour. */
export const addressLinkLimits = { lifetime: 24 * 60 * minutes, perHour: 5 } as const

/** A mail with the usernames of an address: how many an hour at most, however many ask at once. */
export const usernameMailsPerHour = 10
