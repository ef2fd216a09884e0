/** What a program may ask of the REST API. */
export const apiLimits = {
  /** Requests of one key in a minute. */
  perMinute: 600,
  /** The most a JSON body may weigh, in bytes: 10,000 people fit. */
  jsonBytes: 8_000_000,
  /** The most a form with documents may weigh, in bytes. */
  formBytes: 500_000_000,
  /** Files of one key that are being sent by tus and not in a delivery yet: how many, and what they may weigh together, in bytes. */
  uploads: { most: 200, bytes: 5_000_000_000 },
  /** What became part of a delivery is kept this long after it began, for a request whose answer was lost, in milliseconds. */
  usedUpload: 60 * 60_000,
  /** Rows on one page at most, and where nothing is asked. */
  page: { most: 200, usual: 50 },
  /** Keys of one party that work. */
  keys: 20,
  /** A request that names itself is known this long, in milliseconds. */
  remembered: 24 * 60 * 60_000,
  /** A request that was not heard of for this long is taken to have died, in milliseconds. */
  lease: 15_000,
  /** When a key was last used is written down once in so long, in milliseconds. */
  usedEvery: 60_000,
} as const

/** How long a key can live, in days; "none" is until it is revoked. */
export const keyLives = { "90": 90, "365": 365, none: null } as const
