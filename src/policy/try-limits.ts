const seconds = 1000
const minutes = 60 * seconds

/** Wrong tries are counted within a window this long, in milliseconds; what went wrong before it is forgiven. */
export const tryWindow = 60 * minutes

/** How many may go wrong before one has to wait, and how long that gets at most, in milliseconds. */
export type TryLimit = { free: number; longest: number }

/**
 * Per what wrong passwords are counted. `account`: for one username, from browsers that never signed in to it; strangers may make its holder wait there, never
 * longer than this, and never in a browser that is known (`device`), by a fresh link or with a passkey.
 * `source`: one address of the internet, whatever usernames it tries; an office behind one address has many people.
 */
export const tryLimits = {
  account: { free: 5, longest: 15 * minutes },
  device: { free: 10, longest: 5 * minutes },
  source: { free: 50, longest: 5 * minutes },
} as const satisfies Record<string, TryLimit>

/** How long to wait after the last of so many wrong tries, in milliseconds: nothing at first, then a second, and each time twice as long. */
export function waitAfter(failures: number, { free, longest }: TryLimit): number {
  return failures < free ? 0 : Math.min(longest, seconds * 2 ** Math.min(30, failures - free))
}
