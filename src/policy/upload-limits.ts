/** The most that one file of a delivery may weigh, in bytes: 100 MB. */
export const maxUploadBytes = 100_000_000

/** The most files in one delivery. */
export const maxUploads = 200

/** The most people in one import. */
export const maxPeople = 20_000

/** The most columns of a list of people. */
export const maxColumns = 100

/** The most rows of each kind that the preview of an import shows; the rest is counted. */
export const maxShown = 200
