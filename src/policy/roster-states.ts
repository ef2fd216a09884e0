import { ACCESS_STATES } from "./access-states.ts"

/** States to sift a list of people or clients on: those of getting in, and "left" for who is employed no more. */
export const ROSTER_STATES = [...ACCESS_STATES, "left"] as const

export type RosterState = (typeof ROSTER_STATES)[number]
