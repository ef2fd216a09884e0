/** The most that goes into one zip: more takes so long that it breaks off, and every computer opens what is smaller than 4 GB. */
export const zipLimits = { files: 1000, bytes: 2_000_000_000 } as const
