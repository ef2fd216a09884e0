/** The most that one file of a delivery may weigh, in bytes: 100 MB. */
export const maxUploadBytes = 100_000_000

/** The most files in one delivery. */
export const maxUploads = 200
