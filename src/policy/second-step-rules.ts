import type { PartyKind } from "./viewer.ts"

const minutes = 60_000
const days = 24 * 60 * minutes

/** A right password waits so long for the second step, and so many codes may be tried before it starts over. */
export const pendingLimits = { lifetime: 10 * minutes, tries: 5 } as const

/** So many wrong codes in a row, and the code app of an account counts no more until it is set up anew (NIST SP 800-63B-4, 3.2.2: at most 100). */
export const codeAppFailures = 100

/** How long a secret that is shown may wait for the code that confirms it. */
export const codeAppWaits = 60 * minutes

/** How long a browser has to have a challenge signed by a passkey. */
export const challengeLifetime = 5 * minutes

/** How many passkeys an account may have. */
export const mostPasskeys = 10

/** Who chose "Later" is asked again after this. */
export const askAgainAfter = 30 * days

/** How many recovery codes make a set. */
export const recoveryCodes = 10

/** Whether whoever acts for a party of this kind must have a second step. */
export const needsSecondStep = { office: true, employer: true, employee: false } as const satisfies Record<PartyKind, boolean>

/** The ways in that an account has. */
export type WaysIn = { hasPassword: boolean; hasCodeApp: boolean; passkeys: number; mustHaveSecondStep: boolean }

/** Why the code app may not be turned off: it is the only second step of who must have one. Null when it may. */
export function whyKeepCodeApp({ passkeys, mustHaveSecondStep }: WaysIn): "second-step-needed" | null {
  return mustHaveSecondStep && passkeys === 0 ? "second-step-needed" : null
}

/** Why a passkey may not be removed: it is the last way in, or the only second step of who must have one. Null when it may. */
export function whyKeepPasskey({ hasPassword, hasCodeApp, passkeys, mustHaveSecondStep }: WaysIn): "passkey-last-way-in" | "second-step-needed" | null {
  if (passkeys > 1) return null
  if (!hasPassword) return "passkey-last-way-in"
  return mustHaveSecondStep && !hasCodeApp ? "second-step-needed" : null
}
