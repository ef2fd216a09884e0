/** States to sift a list of people or clients on: those of getting in, and "left" for who is employed no more. */
export const ROSTER_STATES = ["active", "invited", "not-invited", "no-email", "left"] as const

export type RosterState = (typeof ROSTER_STATES)[number]
